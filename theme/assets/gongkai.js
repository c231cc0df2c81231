/* Keeps status words true by the reader's clock, in Shanghai's time; the words are generator/pages/wording.py's. */
(function () {
  "use strict";
  var DAY = 864e5, SHIFT = 288e5, timer;

  function each(root, selector, act) { Array.prototype.forEach.call(root.querySelectorAll(selector), act); }
  function number(iso) { return Date.parse(iso) / DAY; }
  function monthDay(iso) { return Number(iso.slice(5, 7)) + "月" + Number(iso.slice(8)) + "日"; }

  function words(box, opens, closes, today) {
    if (today < opens) { return ["before", "即将公开", monthDay(opens) + " 0:00 开始", ""]; }
    if (today > closes) {
      var year = today.slice(0, 4) === closes.slice(0, 4) ? "" : closes.slice(0, 4) + "年";
      return ["closed", "已结束", "公开于" + year + monthDay(closes) + "结束。现在不再收集意见。", ""];
    }
    var left = box.getAttribute("data-workdays").split(" ").filter(function (day) { return day >= today; }).length;
    var provisional = box.hasAttribute("data-provisional") ? "；放假安排还没有公布，暂按周一至周五计算" : "";
    var days = number(closes) - number(today) + 1, asOf = "从" + monthDay(today) + "算起，含当天" + provisional;
    return days === 1 ? ["open", "今天截止", "今天 23:59 截止", asOf, left]
      : ["open", "公开中", "还剩 " + left + " 个工作日，共 " + days + " 天", asOf, left];
  }

  function show(box, today) {
    var opens = box.getAttribute("data-opens"), closes = box.getAttribute("data-closes");
    var now = words(box, opens, closes, today), base = box.classList[0] + "--";
    var share = Math.round(100 * (number(today) - number(opens)) / Math.max(1, number(closes) - number(opens)));
    share = Math.max(0, Math.min(100, share));
    function put(name, text, shown) {
      each(box, "[data-gk=" + name + "]", function (place) {
        if (text && place.textContent !== text) { place.textContent = text; }
        place.hidden = !shown;
      });
    }
    ["before", "open", "closed"].forEach(function (state) {
      box.classList.toggle(base + state, state === now[0]);
      each(box, "[data-gk=tag]", function (tag) { tag.classList.toggle("gk-tag--" + state, state === now[0]); });
    });
    box.classList.toggle(base + "urgent", now[4] <= 3);
    put("tag", now[1], true);
    put("sentence", now[2], true);
    put("as-of", now[3], now[3]);
    put("from", "", now[0] === "before");
    put("moment", "", now[0] !== "closed");
    put("over", "", now[0] === "closed");
    each(box, ".gk-period__gone", function (path) { path.setAttribute("d", "M0 6H" + share); });
    each(box, ".gk-period__now", function (path) { path.setAttribute("d", "M" + share + " 0V12"); });
    if (now[0] === "closed") {
      each(box, "[data-gk=contacts],[data-gk=bar]", function (old) { old.parentNode.removeChild(old); });
    }
  }

  function update() {
    var now = Date.now() + SHIFT, today = new Date(now).toISOString().slice(0, 10);
    each(document, "[data-gk-period]", function (box) { show(box, today); });
    clearTimeout(timer);
    timer = setTimeout(update, DAY - now % DAY + 50);
  }

  if (document.querySelector("meta[name=gk-pinned]")) { return; }
  update();
  addEventListener("pageshow", update);
  document.addEventListener("visibilitychange", update);
})();
