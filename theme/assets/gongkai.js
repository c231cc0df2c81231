/* Keeps status words true by the reader's clock, in Shanghai's time; the words are generator/pages/wording.py's. */
(function () {
  "use strict";
  var DAY = 864e5, SHIFT = 288e5, timer;

  function each(root, selector, act) { Array.prototype.forEach.call(root.querySelectorAll(selector), act); }
  function number(iso) { return Date.parse(iso) / DAY; }
  function monthDay(iso) { return Number(iso.slice(5, 7)) + "月" + Number(iso.slice(8)) + "日"; }
  function near(iso, today) { return (iso.slice(0, 4) === today.slice(0, 4) ? "" : iso.slice(0, 4) + "年") + monthDay(iso); }

  function words(opens, closes, today) {
    if (today < opens) { return { state: "before", tag: "即将公开", brief: near(opens, today) + "开始" }; }
    if (today > closes) { return { state: "closed", tag: "已结束", brief: near(closes, today) + "结束" }; }
    return { state: "open", tag: today === closes ? "今天截止" : "公开中", brief: near(closes, today) + "截止" };
  }

  function atLength(box, opens, closes, today) {
    if (today < opens) { return { sentence: [near(opens, today) + " 0:00 开始"] }; }
    if (today > closes) { return { sentence: ["公开于" + near(closes, today) + "结束"] }; }
    var left = box.getAttribute("data-workdays").split(" ").filter(function (day) { return day >= today; }).length;
    var days = number(closes) - number(today) + 1;
    var provisional = box.hasAttribute("data-provisional") ? "；放假安排还没有公布，暂按周一至周五计算" : "";
    return {
      sentence: days === 1 ? ["今天 23:59 截止"] : left ? ["还剩 ", left, " 个工作日"] : ["还剩 ", days, " 天，都是休息日"],
      asOf: days === 1 ? "" : "含" + monthDay(today) + "当天，连休息日 " + days + " 天" + provisional,
      urgent: left <= 3
    };
  }

  /* The number in a sentence stands out. */
  function say(place, sentence) {
    if (place.textContent === sentence.join("")) { return; }
    place.textContent = sentence[0];
    if (sentence.length > 1) {
      place.appendChild(document.createElement("b")).textContent = sentence[1];
      place.appendChild(document.createTextNode(sentence[2]));
    }
  }

  function show(box, today) {
    var opens = box.getAttribute("data-opens"), closes = box.getAttribute("data-closes");
    var now = words(opens, closes, today), more = atLength(box, opens, closes, today), base = box.classList[0] + "--";
    var share = Math.round(100 * (number(today) - number(opens)) / Math.max(1, number(closes) - number(opens)));
    share = Math.max(0, Math.min(100, share));
    function put(name, text, shown) {
      each(box, "[data-gk=" + name + "]", function (place) {
        if (text) { say(place, text); }
        place.hidden = !shown;
      });
    }
    ["before", "open", "closed"].forEach(function (state) {
      box.classList.toggle(base + state, state === now.state);
      each(box, "[data-gk=tag]", function (tag) { tag.classList.toggle("gk-tag--" + state, state === now.state); });
    });
    box.classList.toggle(base + "urgent", Boolean(more.urgent));
    put("tag", [now.tag], true);
    put("sentence", more.sentence, true);
    put("brief", [now.brief], true);
    put("as-of", more.asOf && [more.asOf], more.asOf);
    put("from", null, now.state === "before");
    put("moment", null, now.state !== "closed");
    put("over", null, now.state === "closed");
    each(box, ".gk-period__gone", function (path) { path.setAttribute("d", "M0 6H" + share); });
    each(box, ".gk-period__now", function (path) { path.setAttribute("d", "M" + share + " 0V12"); });
    if (now.state === "closed") { close(box); }
    if (now.state !== box.getAttribute("data-gk-period")) {
      box.setAttribute("data-gk-period", now.state);
      move(box, now.state);
    }
  }

  function remove(old) { old.parentNode.removeChild(old); }

  /* What is over takes no comments, and where the text must go, it goes. */
  function close(box) {
    each(box, "[data-gk=contacts], [data-gk=bar]", remove);
    if (box.id === "comment") { each(document, ".gk-rail [data-gk=contacts]", remove); }
    if (box.hasAttribute("data-gk-taken-down")) { each(document, "[data-gk=text]", remove); }
  }

  /* In lists by state, a notice changes lists with its state. */
  function move(box, state) {
    var list = document.querySelector("[data-gk-list=" + state + "] ul");
    if (!list || !box.parentNode.parentNode.hasAttribute("data-gk-list")) { return; }
    var after = Array.prototype.filter.call(list.children, function (other) {
      return other.getAttribute("data-closes") > box.getAttribute("data-closes");
    })[0];
    list.insertBefore(box, state === "closed" ? list.firstChild : after || null);
    each(document, "[data-gk-list]", function (section) {
      var none = !section.querySelector("li"), words = section.querySelector("[data-gk=none]");
      section.hidden = none && !words;
      if (words) { words.hidden = !none; }
    });
  }

  var pinned = document.querySelector("meta[name=gk-pinned]");
  function today() { return pinned ? pinned.content : new Date(Date.now() + SHIFT).toISOString().slice(0, 10); }
  function update() {
    each(document, "[data-gk-period]", function (box) { show(box, today()); });
    clearTimeout(timer);
    timer = setTimeout(update, DAY - (Date.now() + SHIFT) % DAY + 50);
  }

  /* The search page says the same words of what it finds. */
  window.gongkai = { today: today, near: near, words: words };
  if (pinned) { return; }
  update();
  addEventListener("pageshow", update);
  document.addEventListener("visibilitychange", update);
})();
