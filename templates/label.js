// Corrects what is proposed for one article after the other. The article that
// is open is held here; each change is sent whole, and the program keeps it.
(function () {
  "use strict";
  var KINDS = ["direct", "mixed", "indirect"];
  var TYPES = ["person", "organisation", "group", "unnamed", "document"];
  var COLORS = 12;
  var $ = function (id) { return document.getElementById(id); };
  var list = [];
  var open = 0;
  var points = [];
  // Where the title ends, if the text begins with one.
  var title = 0;
  var labels = null;
  var chosen = -1;
  var past = [];
  var future = [];
  // How many edits there were of the article that is open, and how many of them
  // the program has kept.
  var edits = 0;
  var kept = 0;
  var hasFailed = false;
  var timer = null;
  var sending = Promise.resolve();
  // The article that was asked for last; the answers to earlier clicks come too late.
  var loads = 0;
  // While the labels of the article are being replaced, an edit would be one of
  // those that go.
  var isReplaced = false;

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (name === "text") element.textContent = attributes[name];
      else if (name === "on") element.addEventListener("click", attributes[name]);
      else if (attributes[name] !== false) element.setAttribute(name, attributes[name]);
    });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }

  function words(span) { return span ? points.slice(span[0], span[1]).join("") : ""; }

  function say(text, isBad) {
    $("saved").textContent = text;
    $("saved").classList.toggle("bad", Boolean(isBad));
  }

  function ask(path, options) {
    return fetch(path, options).then(function (response) {
      if (response.ok) return response;
      return response.json().then(function (problem) {
        throw new Error(problem.title + ": " + problem.detail);
      });
    });
  }

  // ---- keeping ----
  function body() {
    return JSON.stringify({
      entities: labels.entities.filter(function (entity) {
        return labels.quotes.some(function (quote) { return quote.speaker === entity.id; });
      }),
      quotes: labels.quotes.map(function (quote) {
        return { span: quote.span, kind: quote.kind, speaker: quote.speaker, mention: quote.mention,
          cue: quote.cue, unclosed: quote.unclosed };
      }),
      not_quotes: labels.not_quotes,
      undecided: labels.quotes.filter(function (quote) { return quote.undecided; })
        .map(function (quote) { return quote.span; })
    });
  }

  function put(number, sent, isLeaving) {
    return ask("/label/documents/" + number, { method: "PUT", body: sent, keepalive: isLeaving,
      headers: { "Content-Type": "application/json" } });
  }

  // Sends what there is now, after what is being sent; tells whether it was kept.
  function keep() {
    clearTimeout(timer);
    timer = null;
    var number = open;
    var sent = body();
    var version = edits;
    say("Saving …");
    var now = sending.then(function () { return put(number, sent, false); }).then(function () {
      if (number === open) kept = version;
      hasFailed = false;
      var left = JSON.parse(sent).undecided.length;
      var entry = list[number - 1];
      entry.state = left === 0 ? "done" : "begun";
      entry.undecided = left;
      drawList();
      if (edits === kept) say("Saved");
      return true;
    }, function (error) {
      hasFailed = true;
      say("Not saved. " + error.message, true);
      return false;
    });
    sending = now;
    return now;
  }

  function isUnsaved() { return labels !== null && edits !== kept; }

  // Once everything is kept, edits that come meanwhile too; fails if it cannot be.
  function settle() {
    if (!isUnsaved()) return sending;
    return keep().then(function (isKept) {
      if (!isKept) throw new Error($("saved").textContent);
      return settle();
    });
  }

  function later() {
    edits += 1;
    clearTimeout(timer);
    say("Saving …");
    timer = setTimeout(keep, 250);
  }

  window.addEventListener("pagehide", function () {
    // Nothing can be waited for. More than this the browser does not send any more.
    if (!isUnsaved()) return;
    var sent = body();
    put(open, sent, sent.length < 60000).catch(function () {});
  });
  window.addEventListener("beforeunload", function (event) {
    if (isUnsaved() && (hasFailed || body().length >= 60000)) event.preventDefault();
  });

  function isClosed() {
    if (isReplaced) say("The labels of this article are being replaced.", true);
    return isReplaced;
  }

  // Every change goes through here, so that it can be undone and is kept.
  function change(edit) {
    if (isClosed()) return;
    past.push(JSON.stringify(labels));
    future = [];
    var quote = labels.quotes[chosen];
    edit();
    labels.quotes.sort(function (a, b) { return a.span[0] - b.span[0] || b.span[1] - a.span[1]; });
    chosen = labels.quotes.indexOf(quote);
    draw();
    later();
  }

  function step(from, to) {
    if (from.length === 0 || isClosed()) return;
    to.push(JSON.stringify(labels));
    labels = JSON.parse(from.pop());
    chosen = Math.min(chosen, labels.quotes.length - 1);
    draw();
    later();
  }

  // ---- the selected words ----
  function offset(node, at) {
    var piece = node.nodeType === 3 ? node.parentElement.closest("[data-at]") : null;
    if (!piece) {
      var child = node.childNodes[at];
      var element = child && (child.nodeType === 3 ? child.parentElement : child);
      piece = element && element.closest ? element.closest("[data-at]") : null;
      return piece ? Number(piece.dataset.at) : node === $("text") ? points.length : null;
    }
    return Number(piece.dataset.at) + Array.from(node.data.slice(0, at)).length;
  }

  function selected() {
    var selection = window.getSelection();
    if (selection.rangeCount === 0 || selection.isCollapsed) return null;
    var range = selection.getRangeAt(0);
    if (!$("text").contains(range.startContainer) || !$("text").contains(range.endContainer)) return null;
    var start = offset(range.startContainer, range.startOffset);
    var end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    while (start < end && /\s/.test(points[start])) start += 1;
    while (end > start && /\s/.test(points[end - 1])) end -= 1;
    return start < end ? [start, end] : null;
  }

  function withSelection(use) {
    var span = selected();
    if (span === null) {
      say("Select words in the article first.", true);
      return;
    }
    window.getSelection().removeAllRanges();
    use(span);
  }

  // ---- what one can do with a quotation ----
  function choose(n) {
    chosen = n;
    draw();
    var mark = $("text").querySelector("mark.chosen");
    if (mark) mark.scrollIntoView({ block: "nearest" });
  }

  function next() {
    var after = labels.quotes.findIndex(function (quote, n) { return n > chosen && quote.undecided; });
    if (after < 0) after = labels.quotes.findIndex(function (quote) { return quote.undecided; });
    choose(after < 0 ? chosen : after);
  }

  function accept() {
    if (chosen < 0) return;
    change(function () { labels.quotes[chosen].undecided = false; });
    next();
  }

  function edit(field, value) {
    if (chosen < 0) return;
    change(function () {
      labels.quotes[chosen][field] = value;
      labels.quotes[chosen].undecided = false;
    });
  }

  function remove(isNoQuotation) {
    if (chosen < 0) return;
    var at = chosen;
    change(function () {
      var quote = labels.quotes.splice(at, 1)[0];
      if (isNoQuotation) {
        labels.not_quotes.push({ span: quote.span });
        labels.not_quotes.sort(function (a, b) { return a.span[0] - b.span[0]; });
      }
    });
    choose(Math.min(at, labels.quotes.length - 1));
  }

  function isMarked(span) { return /^["'“”„‘’‚«»‹›`]/.test(points[span[0]]); }

  function add() {
    withSelection(function (span) {
      var quote = { span: span, kind: isMarked(span) ? "direct" : "indirect", speaker: null, mention: null,
        cue: null, unclosed: false, undecided: false };
      change(function () {
        labels.quotes.push(quote);
        labels.not_quotes = labels.not_quotes.filter(function (not) {
          return not.span[0] !== span[0] || not.span[1] !== span[1];
        });
      });
      choose(labels.quotes.indexOf(quote));
    });
  }

  // One word more or less at an end.
  function nudge(end, by) {
    var span = labels.quotes[chosen].span.slice();
    var at = span[end];
    var isSpace = function (n) { return /\s/.test(points[n]); };
    if (by > 0) {
      while (at < points.length && isSpace(at)) at += 1;
      while (at < points.length && !isSpace(at)) at += 1;
      if (end === 0) while (at < points.length && isSpace(at)) at += 1;
    } else {
      while (at > 0 && isSpace(at - 1)) at -= 1;
      while (at > 0 && !isSpace(at - 1)) at -= 1;
      if (end === 1) while (at > 0 && isSpace(at - 1)) at -= 1;
    }
    span[end] = at;
    if (span[0] < span[1]) edit("span", span);
  }

  function addSource(name, type) {
    var known = labels.entities.find(function (entity) { return entity.name === name && entity.type === type; });
    var id = known && known.id;
    change(function () {
      if (!id) {
        var n = 1;
        var isTaken = function (entity) { return entity.id === "e" + n; };
        while (labels.entities.some(isTaken)) n += 1;
        id = "e" + n;
        labels.entities.push({ id: id, name: name, type: type });
      }
      labels.quotes[chosen].speaker = id;
      labels.quotes[chosen].undecided = false;
    });
  }

  // ---- drawing ----
  function color(quote) {
    if (quote.speaker === null) return "c-none";
    var place = labels.entities.findIndex(function (entity) { return entity.id === quote.speaker; });
    return "c-" + (place % COLORS);
  }

  function nameOf(quote) {
    var entity = labels.entities.find(function (one) { return one.id === quote.speaker; });
    return entity ? entity.name : "no source";
  }

  function drawText() {
    var cuts = new Set([0, points.length]);
    var cut = function (span) { if (span) { cuts.add(span[0]); cuts.add(span[1]); } };
    labels.quotes.forEach(function (quote) { cut(quote.span); });
    labels.not_quotes.forEach(function (not) { cut(not.span); });
    if (title > 0) cut([0, title]);
    var now = labels.quotes[chosen];
    if (now) { cut(now.cue); cut(now.mention); }
    var ends = Array.from(cuts).sort(function (a, b) { return a - b; });
    var has = function (span, from, to) { return Boolean(span) && span[0] <= from && to <= span[1]; };
    var pieces = [];
    for (var i = 0; i + 1 < ends.length; i += 1) {
      var from = ends[i];
      var to = ends[i + 1];
      var over = [];
      labels.quotes.forEach(function (quote, n) { if (has(quote.span, from, to)) over.push(n); });
      over.sort(function (a, b) {
        var length = function (n) { return labels.quotes[n].span[1] - labels.quotes[n].span[0]; };
        return length(a) - length(b);
      });
      var names = [];
      if (over.length > 0) {
        var quote = labels.quotes[over[0]];
        names.push("q", quote.kind, color(quote));
        if (quote.undecided) names.push("undecided");
        if (over.includes(chosen)) names.push("chosen");
      }
      if (to <= title) names.push("title");
      if (now && has(now.cue, from, to)) names.push("cue", "on");
      if (now && has(now.mention, from, to)) names.push("mention", "on");
      if (labels.not_quotes.some(function (not) { return has(not.span, from, to); })) names.push("not");
      var piece = make(over.length > 0 ? "mark" : "span", { "data-at": from, class: names.join(" "),
        text: points.slice(from, to).join("") });
      if (over.length > 0) piece.dataset.over = over.join(" ");
      pieces.push(piece);
    }
    $("text").replaceChildren.apply($("text"), pieces);
  }

  function drawQuotes() {
    $("quotes").replaceChildren.apply($("quotes"), labels.quotes.map(function (quote, n) {
      return make("li", {}, [make("button", { type: "button", class: color(quote),
        "aria-current": String(n === chosen), on: function () { choose(n); } }, [
        make("span", { class: "letter", text: String(n + 1) }),
        make("span", { class: "words", lang: "nl", text: words(quote.span) }),
        make("span", { class: "mark", text: quote.undecided ? "?" : "✓",
          "aria-label": quote.undecided ? "undecided" : "decided" })])]);
    }));
    var left = labels.quotes.filter(function (quote) { return quote.undecided; }).length;
    $("all").disabled = left === 0;
    $("undo").disabled = past.length === 0;
    $("redo").disabled = future.length === 0;
  }

  function part(label, span, field) {
    return make("fieldset", {}, [make("legend", { text: label }), make("div", { class: "part" }, [
      make("q", { lang: "nl", text: words(span) || "–" }),
      make("button", { type: "button", text: "selected", "aria-label": "The selected words are the " + label,
        on: function () { withSelection(function (at) { edit(field, at); }); } }),
      field === "span" ? null : make("button", { type: "button", text: "none", "aria-label": "There is no " + label,
        on: function () { edit(field, null); } })])]);
  }

  function drawEditor() {
    var editor = $("editor");
    var quote = labels.quotes[chosen];
    if (!quote) {
      editor.replaceChildren(make("p", { class: "quiet", text: labels.quotes.length === 0 ?
        "Nothing was proposed. Select words in the article and press q to make a quotation of them." :
        "Choose a quotation in the article or in the list; or select words and press q." }));
      return;
    }
    var kinds = make("div", { class: "choices", role: "radiogroup", "aria-label": "Kind" }, KINDS.map(function (kind) {
      var input = make("input", { type: "radio", name: "kind", value: kind });
      input.checked = quote.kind === kind;
      input.addEventListener("change", function () { edit("kind", kind); });
      return make("label", {}, [input, document.createTextNode(kind)]);
    }));
    var select = make("select", { id: "speaker", "aria-label": "Source" });
    select.append(make("option", { value: "", text: "nobody who is told" }));
    labels.entities.forEach(function (entity) {
      select.append(make("option", { value: entity.id, text: entity.name + " (" + entity.type + ")" }));
    });
    select.append(make("option", { value: "+", text: "another …" }));
    select.value = quote.speaker || "";
    var name = make("input", { type: "text", id: "new-name", placeholder: "full name", "aria-label": "Name of the source" });
    var type = make("select", { id: "new-type", "aria-label": "Type of the source" },
      TYPES.map(function (one) { return make("option", { value: one, text: one }); }));
    var fresh = make("div", { class: "part", hidden: "" }, [name, type,
      make("button", { type: "button", id: "new-add", text: "Add", on: function () {
        if (name.value.trim() !== "") addSource(name.value.trim(), type.value);
      } })]);
    name.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && name.value.trim() !== "") addSource(name.value.trim(), type.value);
    });
    select.addEventListener("change", function () {
      if (select.value !== "+") {
        edit("speaker", select.value || null);
        return;
      }
      var span = selected();
      fresh.hidden = false;
      name.value = span ? words(span) : words(quote.mention);
      name.focus();
      name.select();
    });
    var ends = make("div", { class: "part" }, [[0, -1, "begin earlier", "◂|"], [0, 1, "begin later", "|▸"],
      [1, -1, "end earlier", "◂|"], [1, 1, "end later", "|▸"]].map(function (way) {
      return make("button", { type: "button", text: way[3], "aria-label": way[2], title: way[2] + " by a word",
        on: function () { nudge(way[0], way[1]); } });
    }));
    editor.replaceChildren(
      make("h3", { class: color(quote) }, [make("span", { class: "letter", text: String(chosen + 1) }),
        document.createTextNode(nameOf(quote)), make("small", { text: quote.undecided ? "undecided" : "decided" })]),
      make("blockquote", { lang: "nl", text: words(quote.span) }),
      make("fieldset", {}, [make("legend", { text: "words" }), make("div", { class: "part" }, [
        make("button", { type: "button", text: "selected", "aria-label": "The selected words are the quotation",
          on: function () { withSelection(function (at) { edit("span", at); }); } }), ends])]),
      make("fieldset", {}, [make("legend", { text: "kind" }), kinds]),
      make("fieldset", {}, [make("legend", { text: "source" }), make("div", {}, [select, fresh])]),
      part("mention", quote.mention, "mention"),
      part("cue", quote.cue, "cue"),
      make("div", { class: "row" }, [
        make("button", { type: "button", class: "primary", id: "accept", text: "Accept", on: accept }),
        make("button", { type: "button", id: "none", text: "No quotation", on: function () { remove(true); } }),
        make("button", { type: "button", id: "remove", text: "Remove", on: function () { remove(false); } })]));
  }

  function drawList() {
    var done = list.filter(function (entry) { return entry.state === "done"; }).length;
    $("progress").textContent = done + " of " + list.length + " done";
    $("documents").replaceChildren.apply($("documents"), list.map(function (entry) {
      return make("li", {}, [make("button", { type: "button", "aria-current": String(entry.number === open),
        on: function () { load(entry.number); } }, [
        make("span", { class: "state " + entry.state, role: "img", "aria-label": entry.state }),
        make("span", { lang: "nl", text: entry.title || entry.id })])]);
    }));
  }

  function draw() {
    drawText();
    drawQuotes();
    drawEditor();
  }

  // ---- opening ----
  function load(number) {
    loads += 1;
    var mine = loads;
    var version;
    return settle().then(function () {
      version = edits;
      return ask("/label/documents/" + number);
    }).then(function (response) { return response.json(); }).then(function (record) {
      // One can go on while an article is being fetched.
      return settle().then(function () {
        if (mine !== loads) return undefined;
        // What was fetched before an edit of the same article is older than that.
        if (number === open && edits !== version) return load(number);
        return show(number, record);
      });
    }).catch(function (error) { say(error.message, true); });
  }

  function show(number, record) {
    open = number;
    edits = kept = 0;
    hasFailed = false;
    points = Array.from(record.text);
    var entry = list[number - 1];
    title = entry.title && record.text.startsWith(entry.title) ? Array.from(entry.title).length : 0;
    var undecided = new Set((record.undecided || []).map(String));
    record.quotes.forEach(function (quote) {
      quote.unclosed = Boolean(quote.unclosed);
      quote.undecided = undecided.has(String(quote.span));
    });
    labels = { entities: record.entities, quotes: record.quotes, not_quotes: record.not_quotes || [] };
    past = [];
    future = [];
    chosen = labels.quotes.findIndex(function (quote) { return quote.undecided; });
    if (chosen < 0 && labels.quotes.length > 0) chosen = 0;
    say(record.kept ? "As it was saved" : "Proposed, not saved yet");
    $("out-brat").href = "/label/documents/" + number + "/brat";
    $("out-brat").setAttribute("download", record.id + ".ann");
    location.hash = String(number);
    drawList();
    draw();
    window.scrollTo(0, 0);
  }

  function start(number) {
    return ask("/label/documents").then(function (response) { return response.json(); })
      .then(function (found) {
        list = found.documents;
        var first = list.find(function (entry) { return entry.state !== "done"; }) || list[0];
        var wanted = list[number - 1] || first;
        return wanted ? load(wanted.number) : undefined;
      }).catch(function (error) { say(error.message, true); });
  }

  $("text").addEventListener("click", function (event) {
    var mark = event.target.closest("mark");
    if (!mark || selected() !== null) return;
    // A second click goes to the quotation around.
    var over = mark.dataset.over.split(" ").map(Number);
    choose(over[(over.indexOf(chosen) + 1) % over.length]);
  });
  $("undo").addEventListener("click", function () { step(past, future); });
  $("redo").addEventListener("click", function () { step(future, past); });
  $("all").addEventListener("click", function () {
    change(function () { labels.quotes.forEach(function (quote) { quote.undecided = false; }); });
  });
  $("next").addEventListener("click", function () {
    // An article without quotations is labelled once somebody has seen that.
    keep().then(function (isKept) {
      if (!isKept) return;
      var after = list.find(function (entry) { return entry.number > open && entry.state !== "done"; });
      var any = list.find(function (entry) { return entry.number !== open && entry.state !== "done"; });
      var to = after || any;
      if (to) load(to.number); else say("All articles are done.");
    });
  });
  // Other labels take the place of those of the open article.
  function replace(work) {
    if (isClosed()) return;
    isReplaced = true;
    work().then(function () { return start(open); })
      .catch(function (error) { say(error.message, true); })
      .then(function () { isReplaced = false; });
  }

  $("forget").addEventListener("click", function () {
    replace(function () {
      clearTimeout(timer);
      timer = null;
      // What nobody wants need not be kept; if it cannot go, it has to be.
      kept = edits;
      return sending.then(function () { return ask("/label/documents/" + open, { method: "DELETE" }); })
        .catch(function (error) { later(); throw error; });
    });
  });
  $("in").addEventListener("change", function (event) {
    var file = event.target.files[0];
    if (!file) return;
    var path = /\.ann$/i.test(file.name) ? "/label/documents/" + open + "/brat" : "/label/label-studio";
    replace(function () {
      return settle().then(function () { return file.text(); }).then(function (text) {
        return ask(path, { method: "PUT", body: text });
      });
    });
    event.target.value = "";
  });
  document.addEventListener("keydown", function (event) {
    if (labels === null) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (event.shiftKey) step(future, past); else step(past, future);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "radio") return;
    var keys = {
      j: function () { choose(Math.min(chosen + 1, labels.quotes.length - 1)); },
      k: function () { choose(Math.max(chosen - 1, 0)); },
      a: accept,
      x: function () { remove(true); },
      Delete: function () { remove(false); },
      1: function () { edit("kind", "direct"); },
      2: function () { edit("kind", "mixed"); },
      3: function () { edit("kind", "indirect"); },
      q: add,
      s: function () { withSelection(function (span) { edit("span", span); }); },
      m: function () { withSelection(function (span) { edit("mention", span); }); },
      c: function () { withSelection(function (span) { edit("cue", span); }); },
      z: function () { step(past, future); }
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  start(Number(location.hash.slice(1)));
})();
