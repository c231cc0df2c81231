/* Brings the status of every notice up to date by the reader's clock, in the time of Shanghai (UTC+8 all year). */
(function () {
  "use strict";
  var DAY = 864e5, SHIFT = 288e5;
  if (document.querySelector("meta[name=gk-pinned]")) { return; }

  function number(iso) { return Date.parse(iso + "T00:00:00Z") / DAY; }
  function monthDay(iso) { return Number(iso.slice(5, 7)) + "月" + Number(iso.slice(8)) + "日"; }

  function words(box, today) {
    var opens = box.getAttribute("data-opens"), closes = box.getAttribute("data-closes");
    if (today < opens) { return { state: "before", tag: "即将公开", sentence: monthDay(opens) + " 0:00 开始", asOf: "" }; }
    if (today > closes) {
      var year = today.slice(0, 4) === closes.slice(0, 4) ? "" : closes.slice(0, 4) + "年";
      return { state: "closed", tag: "已结束", sentence: "公开于" + year + monthDay(closes) + "结束。现在不再收集意见。", asOf: "" };
    }
    var days = number(closes) - number(today) + 1;
    var list = box.getAttribute("data-workdays");
    var workdays = list ? list.split(" ").filter(function (day) { return day >= today; }).length : 0;
    var provisional = box.hasAttribute("data-provisional") ? "；放假安排还没有公布，暂按周一至周五计算" : "";
    return {
      state: "open",
      tag: days === 1 ? "今天截止" : "公开中",
      sentence: days === 1 ? "今天 23:59 截止" : "还剩 " + workdays + " 个工作日，共 " + days + " 天",
      asOf: "从" + monthDay(today) + "算起，含当天" + provisional,
      urgent: workdays <= 3
    };
  }

  function put(box, name, text) {
    var place = box.querySelector("[data-gk=" + name + "]");
    if (!place) { return; }
    if (place.textContent !== text) { place.textContent = text; }
    place.hidden = !text;
  }

  function show(box, today) {
    var now = words(box, today), base = box.classList[0], tag = box.querySelector("[data-gk=tag]");
    ["before", "open", "closed"].forEach(function (state) {
      box.classList.toggle(base + "--" + state, state === now.state);
      if (tag) { tag.classList.toggle("gk-tag--" + state, state === now.state); }
    });
    box.classList.toggle(base + "--urgent", Boolean(now.urgent));
    put(box, "tag", now.tag);
    put(box, "sentence", now.sentence);
    put(box, "as-of", now.asOf);
    var gone = number(today) - number(box.getAttribute("data-opens"));
    var span = number(box.getAttribute("data-closes")) - number(box.getAttribute("data-opens"));
    var share = Math.max(0, Math.min(100, Math.round(100 * gone / Math.max(1, span))));
    var past = box.querySelector(".gk-period__gone"), tick = box.querySelector(".gk-period__now");
    if (past) { past.setAttribute("d", "M0 6H" + share); tick.setAttribute("d", "M" + share + " 0V12"); }
    if (now.state === "closed") {
      Array.prototype.forEach.call(box.querySelectorAll("[data-gk=contacts],[data-gk=bar]"), function (old) {
        old.parentNode.removeChild(old);
      });
    }
  }

  var timer;
  function update() {
    var now = Date.now() + SHIFT, today = new Date(now).toISOString().slice(0, 10);
    Array.prototype.forEach.call(document.querySelectorAll("[data-gk-period]"), function (box) { show(box, today); });
    clearTimeout(timer);
    timer = setTimeout(update, DAY - now % DAY + 50);
  }

  update();
  addEventListener("pageshow", update);
  document.addEventListener("visibilitychange", update);
})();
