/* Large type and high contrast that are remembered, printing, reading aloud, copying. Nothing on a page depends on it. */
(function () {
  "use strict";
  var root = document.documentElement, SETTINGS = ["large", "contrast"], unkept = {};
  /* The page carries the words, where there is anything to say. */
  var carried = document.querySelector("meta[name=gk-words]"), table = carried && JSON.parse(carried.content);

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  function recall(name) {
    try { if (!unkept[name]) { return localStorage.getItem("gk-" + name) === "1"; } } catch (refused) { /* as below */ }
    return root.classList.contains("gk-" + name);
  }
  function remember(name, on) {
    try { localStorage.setItem("gk-" + name, on ? "1" : "0"); } catch (refused) { unkept[name] = true; /* the choice holds for this page */ }
  }

  /* Before anything is painted, so that nothing moves. */
  root.classList.add("gk-js");
  /* Some browsers inside of other programs can't print. */
  root.classList.toggle("gk-prints", Boolean(window.print));
  function restore() { SETTINGS.forEach(function (name) { root.classList.toggle("gk-" + name, recall(name)); }); }
  restore();

  function settings() {
    SETTINGS.forEach(function (name) {
      var box = document.getElementById("gk-" + name);
      function show() { box.checked = root.classList.contains("gk-" + name); }
      box.addEventListener("change", function () {
        root.classList.toggle("gk-" + name, box.checked);
        remember(name, box.checked);
      });
      addEventListener("pageshow", function () { restore(); show(); });
      show();
    });
  }

  function write(text, done) {
    function byHand() {
      var area = document.createElement("textarea");
      area.value = text;
      area.className = "gk-hidden";
      document.body.appendChild(area);
      area.select();
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (refused) { /* the reader is told */ }
      document.body.removeChild(area);
      done(copied);
    }
    if (!navigator.clipboard || !navigator.clipboard.writeText) { byHand(); return; }
    navigator.clipboard.writeText(text).then(function () { done(true); }, byHand);
  }

  function copying() {
    each(".gk-copy", function (button) {
      var words = button.textContent;
      button.addEventListener("click", function () {
        var value = button.parentNode.querySelector("[data-gk-copied]"), text = value.textContent;
        if (value.getAttribute("data-gk-copied") === "address") {
          text = (/^https?:/.test(text) ? text : location.href.split(/[?#]/)[0]) + (document.querySelector(".gk-text :target") ? location.hash : "");
        }
        write(text, function (copied) {
          button.textContent = copied ? table.copied : table.copyByHand;
          button.focus();
          setTimeout(function () { button.textContent = words; }, 4000);
        });
      });
    });
  }

  function printing() {
    each(".gk-print", function (button) { button.addEventListener("click", function () { window.print(); }); });
  }

  function aloud() {
    var button = document.getElementById("gk-aloud"), speech = window.speechSynthesis, voice, left = [], speaking, said, words;
    if (!button || !speech || !window.SpeechSynthesisUtterance) { return; }

    /* A voice that isn't on the device would send the text elsewhere. */
    function find() {
      var voices = (speech.getVoices() || []).filter(function (one) { return one.localService && /^(zh|cmn)/i.test(one.lang); });
      voice = voices.filter(function (one) { return /CN|Hans/i.test(one.lang); })[0] || voices[0];
      button.classList.toggle("gk-aloud--on", Boolean(voice));
    }
    function mark(element) {
      if (said) { said.classList.remove("gk-said"); }
      said = element;
      if (said) { said.classList.add("gk-said"); }
    }
    function stop() {
      speaking = null;
      left = [];
      mark(null);
      button.textContent = words;
      speech.cancel();
    }
    function next() {
      var piece = left.shift();
      if (!piece) { stop(); return; }
      mark(piece.element);
      /* Kept in a variable of longer life: browsers forget to tell the end of what nobody holds. */
      speaking = new SpeechSynthesisUtterance(piece.text);
      speaking.voice = voice;
      speaking.lang = voice.lang;
      speaking.onend = speaking.onerror = function (event) { if (event.target === speaking) { next(); } };
      speech.speak(speaking);
    }
    function start() {
      each(".gk-banner p:not(.gk-more), h1, .gk-main > .gk-lead, #comment [data-gk=tag], #comment [data-gk=sentence], #comment [data-gk=moment], #comment [data-gk=over] > p:not(.gk-hint), .gk-text [data-verbatim]", function (element) {
        if (element.closest("[hidden]") || element.getBoundingClientRect().bottom < 0) { return; }
        /* Sentence by sentence: some voices fall silent in the middle of a long text. */
        (element.textContent.match(/[^。；！？]+[。；！？]*/g) || []).forEach(function (text) { left.push({ element: element, text: text }); });
      });
      words = button.textContent;
      button.textContent = table.stop;
      next();
    }

    button.addEventListener("click", function () { if (speaking) { stop(); } else { start(); } });
    addEventListener("pagehide", function () { if (speaking) { stop(); } });
    speech.onvoiceschanged = find;
    find();
  }

  document.addEventListener("DOMContentLoaded", function () { settings(); printing(); copying(); aloud(); });
})();
