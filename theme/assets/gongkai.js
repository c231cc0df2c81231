/* Keeps status words true by the reader's clock, in Shanghai's time; the page carries the words. */
(function () {
  "use strict";
  var DAY = 864e5, SHIFT = 288e5, timer, carried = document.querySelector("meta[name=gk-words]");
  var table = carried && JSON.parse(carried.content);

  function each(root, selector, act) { Array.prototype.forEach.call(root.querySelectorAll(selector), act); }
  function number(iso) { return Date.parse(iso) / DAY; }
  /* A day that is read together with others has its year unless all of them lie in it. */
  function near(iso, others) {
    var year = iso.slice(0, 4), same = others.every(function (other) { return other.slice(0, 4) === year; });
    return ((same ? "" : table.year) + table.day).replace("{year}", year).replace("{month}", Number(iso.slice(5, 7))).replace("{day}", Number(iso.slice(8)));
  }

  function words(opens, closes, today) {
    var state = today < opens ? "before" : today > closes ? "closed" : "open";
    var own = today === closes ? table.last : table[state];
    /* What is over has its year always, what is to come where the period has two, what is open by today as well. */
    var day = state === "closed" ? near(closes, [""]) : state === "before" ? near(opens, [closes]) : near(closes, [today, opens]);
    return { state: state, tag: own.tag, brief: own.brief.replace("{day}", day), sentence: [own.sentence.replace("{day}", day)] };
  }

  function atLength(box, closes, today, now) {
    if (now.state !== "open" || !box.hasAttribute("data-workdays")) { return { sentence: now.sentence }; }
    var left = box.getAttribute("data-workdays").split(" ").filter(function (day) { return day >= today; }).length;
    var days = number(closes) - number(today) + 1, urgent = left <= table.urgent;
    if (days === 1) { return { sentence: now.sentence, urgent: urgent }; }
    var around = (left ? table.open : table.rest).sentence.split("{number}");
    return {
      sentence: [around[0], left || days, around[1]],
      asOf: table.asOf.replace("{day}", near(today, [closes])).replace("{number}", days) + (box.hasAttribute("data-provisional") ? table.provisional : ""),
      urgent: urgent
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
    var now = words(opens, closes, today), more = atLength(box, closes, today, now), base = box.classList[0] + "--";
    var since = number(box.getAttribute("data-since") || opens);
    var share = Math.round(100 * (number(today) - since) / Math.max(1, number(closes) - since));
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
    put("sentence", more.sentence, now.state !== "closed" || !box.querySelector("[data-gk=over]"));
    put("brief", [now.brief], true);
    put("as-of", more.asOf && [more.asOf], more.asOf);
    put("from", null, now.state === "before");
    put("begins", null, now.state !== "before");
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

  /* Outside its hours a telephone says when it is answered again, as far as that is certain. */
  function again(place, today, minute) {
    var since = number(place.getAttribute("data-since")), days = place.getAttribute("data-days"), said = table.unanswered;
    var spans = place.getAttribute("data-spans").split(" ").map(function (span) { return span.split("-").map(Number); });
    var later = spans.filter(function (span) { return span[0] > minute; })[0];
    var own = days.charAt(today - since), day = today, start = own === "1" && later;
    if (!own || (own !== "0" && spans.some(function (span) { return span[0] <= minute && minute < span[1]; }))) { return ""; }
    if (own === "?" && later) { return said.now; }
    while (!start) {
      day += 1;
      own = days.charAt(day - since);
      if (!own || own === "?") { return said.now; }
      start = own === "1" && spans[0];
    }
    var date = new Date(day * DAY), word = said.days[day - today];
    if (!word && day - today <= 3 && date.getUTCDay() === 1) { word = said.monday; }
    if (!word) { word = near(date.toISOString().slice(0, 10), [new Date(today * DAY).toISOString()]); }
    return said.until.replace("{day}", word).replace("{time}", Math.floor(start[0] / 60) + ":" + ("0" + start[0] % 60).slice(-2));
  }
  function answer() {
    var now = Date.now() + SHIFT, today = Math.floor(now / DAY), minute = Math.floor(now % DAY / 6e4);
    each(document, "[data-gk=unanswered]", function (place) {
      var words = again(place, today, minute);
      if (place.textContent !== words) { place.textContent = words; }
      place.hidden = !words;
      place.parentNode.classList.toggle("gk-contact--away", Boolean(words));
    });
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

  /* The rail marks the last heading that has passed a line at 30 % of the window, and keeps the mark in sight. */
  function follow(rail) {
    var places = [], marked;
    function mark() {
      var now = places.filter(function (place) { return place.passed; }).pop();
      /* Of what stands above the line, and at the end of a page in the whole window, the place that the reader asked for. */
      var end = pageYOffset + innerHeight > document.documentElement.scrollHeight - 2, line = innerHeight * (end ? 1 : 0.3);
      places.forEach(function (place) {
        var top = place.link.hash === location.hash ? place.target.getBoundingClientRect().top : -1;
        if (top >= 0 && top < line) { now = place; }
      });
      if (now === marked) { return; }
      if (marked) { marked.link.removeAttribute("aria-current"); }
      marked = now;
      if (!now) { return; }
      now.link.setAttribute("aria-current", "location");
      var box = rail.getBoundingClientRect(), own = now.link.getBoundingClientRect();
      if (own.top < box.top || own.bottom > box.bottom) { rail.scrollTop += own.top - box.top - box.height / 3; }
    }
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        places.forEach(function (place) { if (place.target === entry.target) { place.passed = entry.isIntersecting; } });
      });
      mark();
    }, { rootMargin: "1000000px 0px -70% 0px" });
    each(rail, "li > a", function (link) {
      var target = document.getElementById(link.hash.slice(1));
      places.push({ link: link, target: target, passed: false });
      watch.observe(target);
    });
    addEventListener("hashchange", mark);
  }
  if (window.IntersectionObserver) { each(document, ".gk-rail", follow); }

  var pinned = document.querySelector("meta[name=gk-pinned]");
  function today() { return pinned ? pinned.content : new Date(Date.now() + SHIFT).toISOString().slice(0, 10); }
  function update() {
    each(document, "[data-gk-period]", function (box) { show(box, today()); });
    answer();
    clearTimeout(timer);
    /* At midnight, and each minute where a telephone has hours. */
    var step = document.querySelector("[data-gk=unanswered]") ? 6e4 : DAY;
    timer = setTimeout(update, step - (Date.now() + SHIFT) % step + 50);
  }

  /* The search page says the same words of what it finds. */
  window.gongkai = { today: today, near: near, words: words, table: table };
  if (pinned) { return; }
  update();
  addEventListener("pageshow", update);
  document.addEventListener("visibilitychange", update);
})();
