/* Search; its index is made by generator/search. */
(function () {
  "use strict";
  const SILENT = "\\0-/:-@\\[-`{-\xbf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\ufe10-\ufe6f\uff00-\uff65";
  const COMMON = "是一不工进的党整改部和二中人委市成日作会对展年完关设三开题员公有组巡方察出度面通";
  const SOUND = "[^" + SILENT + "]", LONG = "[0-9a-z]{4}|(?=.{0,2}[0-9a-z])" + SOUND + "{3}|[" + COMMON + "]{3}";
  const GRAM = new RegExp("^(?:" + LONG + "|" + SOUND + "[" + SILENT + "]?" + SOUND + ")", "u"), SINGLE = new RegExp(SOUND, "gu");
  const GRAMS = 4, PAGE = 10, BUDGET = 4, PLACES = 3, SHOWN = 90;

  const SAME = { " ": /[\xa0\u3000]/g, "\"": /[“”„‟]/g, "'": /[‘’‚‛]/g, "-": /[‐-―−﹣]/g, "~": /〜/g, ":": /∶/g, "·": /[•‧・]/g };

  function fold(text) {
    const narrow = text.replace(/[\uff01-\uff5e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[A-Z]/g, char => char.toLowerCase());
    return Object.keys(SAME).reduce((folded, char) => folded.replace(SAME[char], char), narrow);
  }

  function inflate(data) {
    const out = [];
    let at = 0, held = 0, kept = 0, last;
    function bits(count) {
      for (; kept < count; kept += 8) {
        if (at >= data.length) { throw new Error(); }
        held |= data[at++] << kept;
      }
      const value = held & (1 << count) - 1;
      held >>= count;
      kept -= count;
      return value;
    }
    function tree(lengths) {
      const codes = new Map();
      for (let length = 1, code = 0; length < 16; length++, code <<= 1) {
        lengths.forEach((own, symbol) => { if (own === length) { codes.set(1 << length | code++, symbol); } });
      }
      return codes;
    }
    function symbol(codes) {
      let code = 1;
      do { code = code << 1 | bits(1); } while (!codes.has(code));
      return codes.get(code);
    }
    function wide(code, kind) {
      const step = 1 << kind, extra = (code >> kind) - 1;
      return extra < 1 ? code : (step + code % step << extra) + bits(extra);
    }
    function fixed() {
      const lengths = new Array(288).fill(8);
      return [tree(lengths.fill(9, 144, 256).fill(7, 256, 280)), tree(new Array(30).fill(5))];
    }
    function dynamic() {
      const literals = bits(5) + 257, all = literals + bits(5) + 1, lengths = [], own = [];
      for (let count = bits(4) + 4, index = 0; index < count; index++) { own[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][index]] = bits(3); }
      const codes = tree(own);
      while (lengths.length < all) {
        const next = symbol(codes), value = next < 16 ? next : next > 16 ? 0 : lengths[lengths.length - 1];
        for (let again = next < 16 ? 1 : next === 16 ? 3 + bits(2) : next === 17 ? 3 + bits(3) : 11 + bits(7); again; again--) { lengths.push(value); }
      }
      return [tree(lengths.slice(0, literals)), tree(lengths.slice(literals))];
    }
    do {
      last = bits(1);
      const kind = bits(2);
      if (!kind) {
        held = kept = 0;
        const length = bits(16);
        for (const end = (at += 2) + length; at < end; at++) { out.push(data[at]); }
        continue;
      }
      const [literals, distances] = kind === 1 ? fixed() : dynamic();
      for (let next; (next = symbol(literals)) !== 256;) {
        if (next < 256) { out.push(next); continue; }
        let length = next === 285 ? 258 : wide(next - 257, 2) + 3;
        for (const back = wide(symbol(distances), 1) + 1; length; length--) { out.push(out[out.length - back]); }
      }
    } while (!last);
    return Uint8Array.from(out);
  }

  const files = new Map();
  function load(path, options) {
    if (!files.has(path)) {
      files.set(path, fetch(path, options).then(answer => {
        if (!answer.ok) { throw new Error(); }
        return options ? answer.json() : answer.arrayBuffer().then(data => inflate(new Uint8Array(data)));
      }));
    }
    return files.get(path);
  }

  function hash(text) {
    let value = 2166136261;
    Array.from(text).forEach(char => { value = Math.imul(value ^ char.codePointAt(0), 16777619); });
    value = Math.imul(value ^ value >>> 15, 0x2c1b3c6d);
    return (value ^ value >>> 13) >>> 0;
  }

  function grams(term) {
    const chars = Array.from(term), found = chars.map((_, start) => GRAM.exec(chars.slice(start, start + 4).join(""))).filter(Boolean).map(([gram]) => gram);
    /* Uncommon characters say most, and the last digits of a number. */
    const usual = gram => Array.from(gram).filter(char => COMMON.includes(char)).length / gram.length;
    return (found.length ? found : term.match(SINGLE) || []).reverse().sort((a, b) => usual(a) - usual(b)).slice(0, GRAMS).map(hash);
  }

  async function holders(segment, gram) {
    const place = gram * segment.shards / 4294967296, tag = Math.floor(place % 1 * 65536), found = new Map();
    const data = await load(segment.name + "/grams-" + segment.shards + "/" + Math.floor(place) + ".bin?" + segment.stamp);
    let at = 0, here = 0;
    function number() {
      let value = 0, shift = 0, byte;
      do { byte = data[at++]; value |= (byte & 127) << shift; shift += 7; } while (byte > 127);
      return value;
    }
    while (at < data.length && here <= tag) {
      here += number();
      const numbers = [];
      for (let left = number(), last = 0; left; left--) { numbers.push(last += number()); }
      if (here === tag) { numbers.forEach((notice, index) => found.set(notice, found.get(notice) | data[at + index])); }
      at += numbers.length;
    }
    return found;
  }

  async function narrow(segment, wanted, terms) {
    const anywhere = () => terms.map(() => 255);
    let found = new Map(Array.from({ length: segment.count }, (_, number) => [number, anywhere()]));
    if (segment.shards && wanted.length) {
      found = null;
      if (!wanted.some(one => one.many)) { await Promise.all(wanted.map(one => holders(segment, one.gram))); }
      const met = new Set();
      for (const one of wanted.slice().sort((a, b) => a.many - b.many)) {
        if (found && (!found.size || found.size === 1 && terms.every((_, term) => met.has(term)))) { break; }
        const held = await holders(segment, one.gram), both = new Map();
        (found || held).forEach((masks, number) => {
          if (!held.has(number)) { return; }
          const now = found ? masks : anywhere();
          now[one.term] &= held.get(number);
          if (terms.every((_, term) => now[term])) { both.set(number, now); }
        });
        found = both;
        met.add(one.term);
        one.many = (held.size + 1) / segment.count;
      }
    }
    return Array.from(found, ([number, masks]) => ({ segment, number, masks })).sort((a, b) => b.number - a.number);
  }

  function parse(record) {
    const [said, above, ...rows] = record.split("\n"), [id, title, organ, day, opens, closes, withdrawn, fixed, recorded] = said.split("\x1f");
    let [anchor, count, heading] = above.split("\x1f");
    const lines = rows.map(row => {
      if (row[0] !== "\x01") {
        count++;
        return { anchor: (anchor && anchor + "-") + "n" + count, heading, text: row };
      }
      let rest;
      [anchor, heading, rest] = row.slice(1).split("\x1f");
      count = rest ? 1 : 0;
      return { anchor, heading: "", text: heading + rest };
    });
    return { id, title, organ, day, opens, closes, withdrawn, fixed, recorded, lines };
  }

  async function read({ segment, number }, quarter) {
    const data = await load(segment.name + (segment.shards ? "/" + number + "/" + quarter : "") + ".bin?" + segment.stamp);
    const records = new TextDecoder(data[0] === 0xef ? "utf-8" : "gb18030").decode(data).split("\x1e");
    return parse(records[segment.shards ? 0 : number]);
  }

  async function look(candidate, terms, fits) {
    const { segment, masks } = candidate, missing = new Set(terms), places = [];
    const may = (term, quarter) => !segment.shards || masks[term] >> 2 * quarter & 3;
    const many = quarter => terms.filter((_, term) => may(term, quarter)).length;
    const unread = (segment.shards ? [0, 1, 2, 3] : [0]).filter(many).sort((a, b) => many(b) - many(a));
    let notice;
    while (unread.length && (missing.size || places.length < PLACES)) {
      if (terms.some((term, index) => missing.has(term) && !unread.some(quarter => may(index, quarter)))) { return null; }
      const quarter = unread.shift();
      notice = await read(candidate, quarter);
      if (!fits(notice)) { return null; }
      const has = text => {
        const folded = fold(text), held = terms.filter(term => folded.includes(term));
        held.forEach(term => missing.delete(term));
        return held.length;
      };
      has(notice.title);
      notice.lines.forEach((line, index) => {
        const count = has(line.text);
        if (count) { places.push({ line, count, order: quarter * 1e5 + index }); }
      });
    }
    if (missing.size) { return null; }
    const best = places.sort((a, b) => b.count - a.count || a.order - b.order).slice(0, PLACES).sort((a, b) => a.order - b.order);
    return { notice, places: best.map(one => one.line) };
  }

  /* Yields notices with all terms, title hits first; null for each read in vain. */
  async function* find(index, terms, filters) {
    const running = filters.state === "open" || filters.state === "before";
    const segments = index.segments.filter(segment => !filters.year || segment.name.slice(0, 4) === filters.year), done = new Set();
    const wanted = [], want = term => gram => wanted.push({ term, gram, many: 0 });
    terms.forEach((term, place) => grams(term).forEach(want(place)));
    if (filters.organ) { want(-1)(hash("organ:" + filters.organ)); }
    if (filters.state === "withdrawn") { want(-1)(hash("withdrawn")); }
    let good = 0;

    function fits(notice) {
      const { state } = standing(notice);
      /* Its text may have been taken down since the index was made. */
      if (index.taken_down && notice.closes && state === "closed") { notice.lines = []; }
      return (!filters.organ || notice.organ === filters.organ) && (!filters.state || state === filters.state);
    }
    async function* each(candidates, fits) {
      const left = candidates.filter(({ segment, number }) => !done.has(segment.name + number) && (!running || segment.running.includes(number)));
      while (left.length) {
        const batch = left.splice(0, PAGE - good % PAGE), results = await Promise.all(batch.map(one => look(one, terms, fits)));
        for (let place = 0; place < batch.length; place++) {
          if (results[place]) {
            good++;
            done.add(batch[place].segment.name + batch[place].number);
          }
          yield results[place];
        }
      }
    }

    const hasTitle = notice => fits(notice) && terms.every(term => fold(notice.title).includes(term));
    async function titled(titles, own) {
      const found = await narrow(titles, wanted.map(one => ({ ...one })), terms);
      return found.map(({ number, masks }) => {
        let place = own.length - 1;
        for (; number >= own[place].count; place--) { number -= own[place].count; }
        return { segment: own[place], number, masks };
      }).filter(one => segments.includes(one.segment));
    }
    const steps = [];
    let rest = index.segments;
    for (const titles of index.titles) {
      const own = rest.slice(0, titles.segments);
      rest = rest.slice(titles.segments);
      if (own.some(one => segments.includes(one))) { steps.push([() => titled(titles, own), hasTitle]); }
    }
    const all = segments.map(segment => [() => narrow(segment, wanted, terms), fits]);
    /* The newest segment tells which grams are rare. */
    if (steps.length) { await all[0][0](); } else { segments.forEach((_, place) => steps.push([all[place][0], hasTitle])); }
    steps.push(...all);
    let next;
    for (let place = 0; place < steps.length; place++) {
      const found = await (next || steps[place][0]());
      next = found.length < PAGE - good % PAGE && steps[place + 1] && steps[place + 1][0]();
      yield* each(found, steps[place][1]);
    }
  }

  function standing(notice) {
    const { today, near, words, table } = window.gongkai, own = table[notice.fixed];
    return !own ? words(notice.opens, notice.closes, today()) : { state: notice.fixed, tag: own.tag, brief: notice.withdrawn && own.brief.replace("{day}", near(notice.withdrawn, [""])) };
  }

  function add(parent, name, kind, text) {
    const element = parent.appendChild(document.createElement(name));
    if (kind) { element.className = kind; }
    element.textContent = text || "";
    return element;
  }

  function mark(parent, text, terms, cut) {
    const folded = fold(text), hits = new RegExp(terms.map(term => term.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
    const whole = place => place - /[\udc00-\udfff]/.test(text[place]), first = folded.search(hits);
    const start = cut && text.length > SHOWN ? whole(Math.max(0, first - 24)) : 0, end = cut ? whole(first + SHOWN) : text.length;
    let at = start;
    const put = (to, more) => { parent.appendChild(document.createTextNode((at && at === start ? "……" : "") + text.slice(at, to) + (more ? "……" : ""))); };
    folded.replace(hits, (hit, place) => {
      if (place >= start && place < end) {
        put(place);
        at = Math.min(place + hit.length, end);
        add(parent, "mark", "", text.slice(place, at));
      }
    });
    put(end, end < text.length);
  }

  function show(list, { notice, places }, terms) {
    const item = add(list, "li", "gk-item"), { state, tag, brief } = standing(notice);
    const meta = add(item, "p", "gk-item__meta"), address = "../notices/" + notice.id + "/";
    add(meta, "strong", "gk-tag gk-tag--" + state, tag);
    add(meta, "span", "", brief);
    const title = add(add(item, "p"), "a", "gk-item__title");
    title.href = address;
    mark(title, notice.title, terms);
    add(item, "p", "gk-hint", document.querySelector("#gk-organ [value='" + notice.organ + "']").text + "，" + window.gongkai.near(notice.day, [""]) + window.gongkai.table.made[+(notice.recorded && state !== "before")]);
    const under = add(item, "ul", "gk-places");
    places.forEach(line => {
      const link = add(add(under, "li"), "a");
      link.href = address + "#" + line.anchor;
      add(link, "span", "gk-hint", line.heading.replace(/[。：]$/, ""));
      mark(add(link, "span"), line.text, terms, true);
    });
  }

  async function start() {
    const get = id => document.getElementById("gk-" + id), given = new URLSearchParams(location.search), filters = {};
    const [field, found, hits, again, without, organs] = ["find", "found", "hits", "again", "without", "organs"].map(get);
    const asked = (given.get("q") || "").trim().split(/\s+/), terms = Array.from(new Set(fold(asked.join(" ")).split(" ").filter(Boolean)));
    let shown = 0, settled, results;

    without.hidden = true;
    field.value = asked.join(" ");
    ["organ", "year", "state"].forEach(name => {
      get(name).value = given.get(name) || "";
      filters[name] = get(name).value;
      if (filters[name]) { get("narrow").open = true; } else { given.delete(name); }
    });
    if (location.search) { history.replaceState(history.state, "", "?" + given); }
    const keep = () => { if (settled) { history.replaceState([shown, pageYOffset], ""); } };
    addEventListener("beforeunload", keep);
    addEventListener("pagehide", keep);

    function say(name) {
      found.textContent = found.dataset[name].replace("*", shown).replace("…", () => asked.join(window.gongkai.table.and));
      again.textContent = again.dataset[name];
      again.hidden = !again.textContent;
    }
    async function more(wanted) {
      let next = {};
      settled = false;
      say("busy");
      results = results || find(await load("index.json", { cache: "no-cache" }), terms, filters);
      for (let budget = BUDGET * (wanted - shown); shown < wanted && budget && !(next = await results.next()).done; budget--) {
        if (next.value) { show(hits, next.value, terms); shown++; }
      }
      say(next.done ? shown ? "all" : location.search.includes("&") ? "outside" : "none" : shown ? "some" : "far");
      settled = true;
    }
    function go(wanted) {
      again.onclick = () => go(shown + PAGE);
      return more(wanted).catch(() => {
        say("lost");
        again.onclick = () => location.reload();
      });
    }
    if (!terms.length) { return; }
    document.querySelectorAll("option[data-names]").forEach(option => {
      if (terms.every(term => fold(option.dataset.names).includes(term))) {
        organs.hidden = false;
        add(add(organs.lastElementChild, "li"), "a", "", option.text).href = "../organs/" + option.value + "/";
      }
    });
    document.title = found.dataset.title.replace("…", () => field.value) + document.title;
    if (!terms.some(term => grams(term).length)) { say("marks"); return; }
    const [earlier, at] = history.state || [PAGE];
    await go(Math.max(earlier, PAGE));
    if (at) { scrollTo(0, at); }
  }

  Object.assign(window.gongkai, { find, fold });
  start();
})();
