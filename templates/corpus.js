// Counts, sorts, filters and draws the quotations that lie in the page.
(function () {
  "use strict";
  var D = JSON.parse(document.getElementById("data").textContent);
  var Q = D.q;
  var N = Q.document.length;
  var ROWS = 15;
  var COLORS = ["var(--direct)", "var(--mixed)", "var(--indirect)"];
  var LINES = ["#2a6fdb", "#e08a1e", "#3f9a57", "#c2407f", "#7d5bd0"];
  var $ = function (id) { return document.getElementById(id); };
  var number = new Intl.NumberFormat("en");

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (name === "text") element.textContent = attributes[name];
      else if (name === "on") element.addEventListener("click", attributes[name]);
      else element.setAttribute(name, attributes[name]);
    });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }

  // ---- what a quotation is ----
  function dateOf(q) { return D.documents.date[Q.document[q]]; }
  function outletOf(q) { return D.documents.outlet[Q.document[q]]; }
  function nameOf(q) { return Q.source[q] < 0 ? "" : D.sources.name[Q.source[q]]; }
  function typeOf(q) { return Q.source[q] < 0 ? D.types.length : D.sources.type[Q.source[q]]; }
  function typeName(type) { return type === D.types.length ? "no source" : D.types[type]; }

  // ---- counting: numbers of quotations, by a key ----
  function grouped(all, key) {
    var groups = new Map();
    all.forEach(function (q) {
      var of = key(q);
      if (of === null || of === undefined || of === -1) return;
      var group = groups.get(of);
      if (group === undefined) groups.set(of, group = []);
      group.push(q);
    });
    return groups;
  }

  function measures(group) {
    var row = { all: group, words: 0, kinds: [[], [], []] };
    var documents = new Set();
    group.forEach(function (q) {
      row.words += Q.length[q];
      row.kinds[Q.kind[q]].push(q);
      documents.add(Q.document[q]);
    });
    row.documents = documents.size;
    return row;
  }

  // ---- the quotations behind a number ----
  var dialog = $("dialog");
  var listed = [];
  var from = 0;

  function open(title, all) {
    listed = all;
    from = 0;
    $("d-title").textContent = title + ": " + number.format(all.length) +
      (all.length === 1 ? " quotation" : " quotations");
    $("d-list").replaceChildren();
    more();
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  function more() {
    var part = listed.slice(from, from + 50);
    from += part.length;
    part.forEach(function (q) {
      var document = Q.document[q];
      var outlet = D.documents.outlet[document];
      $("d-list").append(make("li", {}, [
        make("div", { class: "who" }, [
          make("b", { text: nameOf(q) || "no source" }),
          make("span", { text: typeName(typeOf(q)) === "no source" ? "" : typeName(typeOf(q)) }),
          make("span", { text: D.kinds[Q.kind[q]] }),
          make("span", { text: Q.verb[q] < 0 ? "" : D.verbs[Q.verb[q]], lang: "nl" }),
          make("span", { text: D.documents.title[document] || D.documents.id[document], lang: "nl" }),
          make("span", { text: outlet < 0 ? "" : D.outlets[outlet] }),
          make("span", { text: D.documents.date[document] || "" })
        ]),
        make("blockquote", { lang: "nl" }, [
          make("span", { class: "around", text: Q.before[q] }),
          make("span", { text: Q.words[q] }),
          make("span", { class: "around", text: Q.after[q] })
        ])
      ]));
    });
    $("d-more").hidden = from >= listed.length;
  }

  $("d-more").addEventListener("click", more);
  $("d-close").addEventListener("click", function () { dialog.close(); });
  dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
  $("d-csv").addEventListener("click", function () {
    save("quotations.csv", [["document", "title", "outlet", "date", "source", "type", "affiliation",
      "kind", "verb", "stance", "words", "text"]].concat(listed.map(function (q) {
      var document = Q.document[q];
      var outlet = D.documents.outlet[document];
      var source = Q.source[q];
      return [D.documents.id[document], D.documents.title[document],
        outlet < 0 ? "" : D.outlets[outlet], D.documents.date[document] || "", nameOf(q),
        source < 0 ? "" : typeName(typeOf(q)), source < 0 ? "" : D.sources.affiliation[source],
        D.kinds[Q.kind[q]], Q.verb[q] < 0 ? "" : D.verbs[Q.verb[q]],
        Q.stance[q] < 0 ? "" : D.stances[Q.stance[q]], Q.length[q], Q.words[q]];
    })));
  });

  function count(title, all, shown) {
    return make("button", { type: "button", class: "n", text: shown,
      "aria-label": shown + ", " + title + ": show the quotations",
      on: function () { open(title, all); } });
  }

  // ---- tables ----
  function cell(value) {
    var text = String(value);
    // A spreadsheet takes what begins so for a formula.
    if (/^[=+\-@\t\r]/.test(text) && typeof value !== "number") text = "'" + text;
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function save(name, rows) {
    var text = rows.map(function (row) { return row.map(cell).join(","); }).join("\r\n") + "\r\n";
    var link = make("a", { download: name });
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  // A column: `label`; `of(row)` its value; `all(row)` the quotations behind it, where
  // they are not all of the row.
  function Table(place, name, columns, first) {
    var table = { rows: [], sort: first, down: true, page: 0, find: "" };
    var search = make("input", { type: "search", placeholder: "find", "aria-label": "Find in the table: " + name });
    var said = make("span", {});
    var back = make("button", { type: "button", text: "‹", "aria-label": "Rows before",
      on: function () { table.page -= 1; draw(); } });
    var on = make("button", { type: "button", text: "›", "aria-label": "Rows after",
      on: function () { table.page += 1; draw(); } });
    var csv = make("button", { type: "button", text: "CSV", "aria-label": "Download as CSV: " + name,
      on: function () {
        save(name.replace(/\W+/g, "-") + ".csv", [columns.map(function (c) { return c.label; })]
          .concat(sorted().map(function (row) { return columns.map(function (c) { return c.of(row); }); })));
      } });
    var head = make("tr", {}, columns.map(function (column, n) {
      return make("th", { scope: "col", class: column.text ? "" : "n" }, [
        make("button", { type: "button", text: column.label, on: function () {
          table.down = table.sort === n ? !table.down : !column.text;
          table.sort = n;
          table.page = 0;
          draw();
        } })]);
    }));
    var body = make("tbody", {});
    place.replaceChildren(
      make("div", { class: "table-tools" }, [search, csv, make("span", { class: "page" }, [back, said, on])]),
      make("div", { class: "wide" }, [make("table", {}, [
        make("caption", { class: "said", text: name }), make("thead", {}, [head]), body])]));
    search.addEventListener("input", function () {
      table.find = search.value.toLowerCase();
      table.page = 0;
      draw();
    });

    function sorted() {
      var column = columns[table.sort];
      var rows = table.find === "" ? table.rows.slice() : table.rows.filter(function (row) {
        return columns.some(function (c) {
          return c.text && String(c.of(row)).toLowerCase().includes(table.find);
        });
      });
      rows.sort(function (a, b) {
        var x = column.of(a);
        var y = column.of(b);
        var order = typeof x === "number" ? x - y : String(x).localeCompare(String(y), "nl");
        return table.down ? -order : order;
      });
      return rows;
    }

    function draw() {
      var rows = sorted();
      var pages = Math.max(1, Math.ceil(rows.length / ROWS));
      table.page = Math.min(table.page, pages - 1);
      var at = table.page * ROWS;
      Array.from(head.children).forEach(function (th, n) {
        if (n === table.sort) th.setAttribute("aria-sort", table.down ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      });
      body.replaceChildren.apply(body, rows.slice(at, at + ROWS).map(function (row) {
        return make("tr", {}, columns.map(function (column, n) {
          var value = column.of(row);
          var shown = column.text ? document.createTextNode(value)
            : count(columns[0].of(row) + (column.label === "quotations" ? "" : ", " + column.label),
              column.all ? column.all(row) : row.all, number.format(value));
          return make(n === 0 ? "th" : "td", n === 0 ? { scope: "row", lang: "nl" } : { class: column.text ? "" : "n" }, [shown]);
        }));
      }));
      said.textContent = rows.length === 0 ? "no rows" : number.format(at + 1) + "–" +
        number.format(Math.min(at + ROWS, rows.length)) + " of " + number.format(rows.length);
      back.disabled = table.page === 0;
      on.disabled = table.page >= pages - 1;
      search.hidden = back.hidden = on.hidden = table.rows.length <= ROWS && table.find === "";
    }

    return function (rows) {
      table.rows = rows;
      table.page = 0;
      draw();
    };
  }

  function text(label, of) { return { label: label, of: of, text: true }; }
  function figure(label, of) { return { label: label, of: of }; }
  // `of`, where counting all of a row for each look at it takes too long.
  function opened(label, all, of) {
    return { label: label, all: all, of: of || function (row) { return all(row).length; } };
  }
  var name = function (label) { return text(label, function (row) { return row.name; }); };
  var quotations = opened("quotations", function (row) { return row.all; });
  var documents = figure("articles", function (row) { return row.documents; });
  var words = figure("words", function (row) { return row.words; });
  var kinds = D.kinds.map(function (kind, n) {
    return opened(kind, function (row) { return row.kinds[n]; });
  });

  var tables = {
    sources: Table($("t-sources"), "Sources", [name("source"),
      text("type", function (row) { return row.type; }),
      text("affiliation", function (row) { return row.affiliation; }),
      quotations, documents, words].concat(kinds), 3),
    types: Table($("t-types"), "Types of sources", [name("type"), quotations,
      figure("% found", function (row) { return row.share; }), words].concat(kinds), 1),
    affiliations: Table($("t-affiliations"), "Affiliations", [name("affiliation"), quotations,
      figure("sources", function (row) { return row.sources; }), documents], 1),
    outlets: Table($("t-outlets"), "Outlets", [name("outlet"),
      figure("articles read", function (row) { return row.read; }), quotations,
      figure("per article", function (row) { return row.each; }), words,
      figure("sources", function (row) { return row.sources; })].concat(kinds), 2),
    time: Table($("t-time"), "Over time", [name("period"), quotations, documents, words].concat(kinds), 0),
    together: Table($("t-together"), "Quoted together", [name("one"),
      text("other", function (row) { return row.other; }),
      figure("articles", function (row) { return row.documents; }),
      opened("quotations", function (row) { return row.all; }, function (row) { return row.n; })], 2),
    verbs: Table($("t-verbs"), "Reporting verbs", [name("verb"), quotations,
      text("stance", function (row) { return row.stance; })], 1),
    stances: Table($("t-stances"), "Stances", [name("stance"), quotations,
      figure("% found", function (row) { return row.share; })], 1)
  };
  if ($("gender")) {
    tables.gender = Table($("t-gender"), "Gender", [name("gender"), quotations,
      figure("people", function (row) { return row.sources; }), words,
      figure("% found", function (row) { return row.share; })], 1);
  }

  // ---- charts ----
  // `clicks(index)` are the quotations behind a mark, as [title, quotations].
  function chart(place, caption, data, options, clicks, selector) {
    place.replaceChildren();
    if (data.length === 0) return;
    options.style = { fontSize: "12px", background: "none" };
    var plot = Plot.plot(options);
    place.append(make("figcaption", { text: caption }));
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", caption + ". The table has the same numbers.");
    place.append(plot);
    if (!clicks) return;
    d3.select(plot).selectAll(selector || "[aria-label='bar'] rect, [aria-label='cell'] rect")
      .classed("opens", true)
      .on("click", function (event, index) {
        var what = clicks(data[index]);
        if (what) open(what[0], what[1]);
      });
  }

  function keys(place, labels, colors) {
    place.append(make("div", { class: "keys" }, labels.map(function (label, n) {
      var swatch = make("i", {});
      swatch.style.background = colors[n];
      return make("span", {}, [swatch, document.createTextNode(label)]);
    })));
  }

  function width(place) { return Math.max(320, Math.min(1240, place.parentElement.clientWidth - 40)); }

  function short(words, most) { return words.length > most ? words.slice(0, most - 1) + "…" : words; }

  // Bars of kinds, one above the other, for the first rows.
  function bars(place, caption, rows, most) {
    var data = [];
    var names = [];
    rows.slice(0, most).forEach(function (row) {
      names.push(row.key);
      row.kinds.forEach(function (all, kind) {
        if (all.length > 0) data.push({ key: row.key, name: row.name, kind: kind, all: all, n: all.length });
      });
    });
    var label = new Map(rows.map(function (row) { return [row.key, short(row.name, 34)]; }));
    chart(place, caption, data, {
      width: width(place), marginLeft: 210, marginRight: 40, height: names.length * 24 + 40,
      x: { label: "quotations", grid: true, tickFormat: "~s" },
      y: { domain: names, label: null, tickSize: 0, tickFormat: function (key) { return label.get(key); } },
      marks: [Plot.barX(data, { x: "n", y: "key", fill: function (d) { return COLORS[d.kind]; },
        insetTop: 2, insetBottom: 2, title: function (d) { return d.name + ", " + D.kinds[d.kind] + ": " + d.n; } })]
    }, function (d) { return [d.name + ", " + D.kinds[d.kind], d.all]; });
    if (data.length > 0) keys(place, D.kinds, COLORS);
  }

  function plain(place, caption, rows, most, color) {
    var data = rows.slice(0, most);
    chart(place, caption, data, {
      width: Math.min(520, width(place)), marginLeft: 150, marginRight: 45, height: data.length * 22 + 40,
      x: { label: "quotations", grid: true, tickFormat: "~s" },
      y: { domain: data.map(function (row) { return row.name; }), label: null, tickSize: 0 },
      marks: [Plot.barX(data, { x: function (row) { return row.all.length; }, y: "name", fill: color,
        insetTop: 2, insetBottom: 2 }),
      Plot.text(data, { x: function (row) { return row.all.length; }, y: "name", dx: 4, textAnchor: "start",
        text: function (row) { return number.format(row.all.length); } })]
    }, function (row) { return [row.name, row.all]; });
  }

  // Days, months or years, so that there are not too many.
  function period(all) {
    var dates = all.map(dateOf).filter(Boolean).sort();
    if (dates.length === 0) return null;
    var days = (new Date(dates[dates.length - 1]) - new Date(dates[0])) / 864e5;
    var length = days < 62 ? 10 : days < 3650 ? 7 : 4;
    return { length: length, name: { 10: "day", 7: "month", 4: "year" }[length],
      of: function (q) { var date = dateOf(q); return date === null ? null : date.slice(0, length); },
      start: function (key) { return new Date(key + { 10: "", 7: "-01", 4: "-01-01" }[length] + "T00:00:00Z"); } };
  }

  // ---- filters ----
  var inputs = { outlet: $("f-outlet"), from: $("f-from"), to: $("f-to"), kind: $("f-kind"),
    type: $("f-type"), source: $("f-source") };

  function fill(select, labels) {
    labels.forEach(function (label, n) { select.append(make("option", { value: n, text: label })); });
  }
  fill(inputs.outlet, D.outlets);
  fill(inputs.kind, D.kinds);
  fill(inputs.type, D.types.concat(["no source"]));
  inputs.outlet.parentElement.hidden = D.outlets.length === 0;
  var hasDates = D.documents.date.some(Boolean);
  inputs.from.parentElement.hidden = inputs.to.parentElement.hidden = !hasDates;

  function isRead(document) {
    if (inputs.outlet.value !== "" && D.documents.outlet[document] !== Number(inputs.outlet.value)) return false;
    var date = D.documents.date[document];
    if (inputs.from.value !== "" && !(date && date >= inputs.from.value)) return false;
    return !(inputs.to.value !== "" && !(date && date <= inputs.to.value));
  }

  function filtered() {
    var kind = inputs.kind.value === "" ? -1 : Number(inputs.kind.value);
    var type = inputs.type.value === "" ? -1 : Number(inputs.type.value);
    var source = inputs.source.value.trim().toLowerCase();
    var read = D.documents.id.map(function (_, n) { return isRead(n); });
    var all = [];
    for (var q = 0; q < N; q += 1) {
      if (!read[Q.document[q]] || (kind >= 0 && Q.kind[q] !== kind) || (type >= 0 && typeOf(q) !== type)) continue;
      if (source !== "" && !nameOf(q).toLowerCase().includes(source)) continue;
      all.push(q);
    }
    return { all: all, read: read };
  }

  // ---- everything from the quotations that are left ----
  function rows(groups, label) {
    return Array.from(groups, function (entry) {
      var row = measures(entry[1]);
      row.key = entry[0];
      row.name = label(entry[0]);
      return row;
    }).sort(function (a, b) { return b.all.length - a.all.length; });
  }

  function percent(part, whole) { return whole === 0 ? 0 : Math.round(1000 * part / whole) / 10; }

  function speakers(all) {
    return new Set(all.map(function (q) { return Q.source[q]; }).filter(function (s) { return s >= 0; })).size;
  }

  function draw() {
    var left = filtered();
    var all = left.all;
    var read = left.read.filter(Boolean).length;
    $("shown").textContent = number.format(all.length) + " of " + number.format(N) + " quotations";
    drawTiles(all, read);
    var ofSources = rows(grouped(all, function (q) { return Q.source[q]; }), function (s) { return D.sources.name[s]; });
    ofSources.forEach(function (row) {
      row.type = D.types[D.sources.type[row.key]];
      row.affiliation = D.sources.affiliation[row.key];
    });
    tables.sources(ofSources);
    bars($("c-sources"), "The most quoted sources", ofSources, 15);
    var ofTypes = rows(grouped(all, typeOf), typeName);
    ofTypes.forEach(function (row) { row.share = percent(row.all.length, all.length); });
    tables.types(ofTypes);
    bars($("c-types"), "Quotations by type of source", ofTypes, 6);
    var ofAffiliations = rows(grouped(all, function (q) {
      return Q.source[q] < 0 ? null : D.sources.affiliation[Q.source[q]] || null;
    }), String);
    ofAffiliations.forEach(function (row) { row.sources = speakers(row.all); });
    tables.affiliations(ofAffiliations);
    drawOutlets(all, left.read);
    drawTime(all, ofSources);
    drawTogether(all);
    drawVerbs(all);
    if (tables.gender) drawGender(all);
    drawShares(left.read);
  }

  function drawTiles(all, read) {
    var of = function (kind) { return all.filter(function (q) { return Q.kind[q] === kind; }); };
    var named = all.filter(function (q) { return Q.source[q] >= 0; });
    var sum = all.reduce(function (words, q) { return words + Q.length[q]; }, 0);
    var tile = function (value, label, behind) {
      return make("button", { type: "button", class: "tile", on: function () { open(label, behind); } }, [
        make("b", { text: number.format(value) }), make("span", { text: label })]);
    };
    $("tiles").replaceChildren(
      tile(read, read === 1 ? "article" : "articles", all),
      tile(all.length, "quotations", all),
      tile(sum, "words quoted", all),
      tile(speakers(all), "sources", named),
      tile(named.length, "with a source, " + percent(named.length, all.length) + "%", named),
      tile(of(0).length, "direct, " + percent(of(0).length, all.length) + "%", of(0)),
      tile(of(1).length, "mixed, " + percent(of(1).length, all.length) + "%", of(1)),
      tile(of(2).length, "indirect, " + percent(of(2).length, all.length) + "%", of(2)));
  }

  function drawOutlets(all, read) {
    $("outlets").hidden = D.outlets.length === 0;
    var articles = D.outlets.map(function () { return 0; });
    read.forEach(function (is, document) {
      var outlet = D.documents.outlet[document];
      if (is && outlet >= 0) articles[outlet] += 1;
    });
    var ofOutlets = rows(grouped(all, outletOf), function (outlet) { return D.outlets[outlet]; });
    ofOutlets.forEach(function (row) {
      row.read = articles[row.key];
      row.each = row.read === 0 ? 0 : Math.round(10 * row.all.length / row.read) / 10;
      row.sources = speakers(row.all);
    });
    tables.outlets(ofOutlets);
    bars($("c-outlets"), "Quotations by outlet", ofOutlets, 15);
  }

  function drawTime(all, ofSources) {
    var by = period(all);
    $("time").hidden = by === null;
    if (by === null) return;
    var ofPeriods = rows(grouped(all, by.of), String);
    tables.time(ofPeriods);
    var data = [];
    ofPeriods.forEach(function (row) {
      row.kinds.forEach(function (quoted, kind) {
        if (quoted.length > 0) data.push({ at: by.start(row.key), key: row.key, kind: kind, all: quoted, n: quoted.length });
      });
    });
    var step = { day: "day", month: "month", year: "year" }[by.name];
    var place = $("c-time");
    chart(place, "Quotations a " + by.name, data, {
      width: Math.min(620, width(place)), height: 260, marginLeft: 50,
      x: { label: null }, y: { label: "quotations", grid: true, tickFormat: "~s" },
      marks: [Plot.rectY(data, { x: "at", y: "n", interval: step, fill: function (d) { return COLORS[d.kind]; },
        title: function (d) { return d.key + ", " + D.kinds[d.kind] + ": " + d.n; } }), Plot.ruleY([0])]
    }, function (d) { return [d.key + ", " + D.kinds[d.kind], d.all]; }, "[aria-label='rect'] rect");
    keys(place, D.kinds, COLORS);
    var keysOfPeriods = ofPeriods.map(function (row) { return row.key; }).sort();
    var lines = [];
    var first = ofSources.slice(0, 5);
    first.forEach(function (row, n) {
      var counts = grouped(row.all, by.of);
      keysOfPeriods.forEach(function (key) {
        var quoted = counts.get(key) || [];
        lines.push({ at: by.start(key), key: key, name: row.name, place: n, all: quoted, n: quoted.length });
      });
    });
    place = $("c-lines");
    chart(place, "The five most quoted sources a " + by.name, lines, {
      width: Math.min(620, width(place)), height: 260, marginLeft: 50,
      x: { label: null }, y: { label: "quotations", grid: true },
      marks: [Plot.lineY(lines, { x: "at", y: "n", z: "place", stroke: function (d) { return LINES[d.place]; }, strokeWidth: 2 }),
        keysOfPeriods.length < 40 ? Plot.dot(lines, { x: "at", y: "n", r: 2.5, fill: function (d) { return LINES[d.place]; },
          title: function (d) { return d.name + ", " + d.key + ": " + d.n; } }) : null, Plot.ruleY([0])]
    }, function (d) { return d.n > 0 ? [d.name + ", " + d.key, d.all] : null; }, "[aria-label='dot'] circle");
    if (lines.length > 0) keys(place, first.map(function (row) { return row.name; }), LINES);
  }

  function drawTogether(all) {
    var pairs = new Map();
    grouped(all.filter(function (q) { return Q.source[q] >= 0; }), function (q) { return Q.document[q]; })
      .forEach(function (quoted) {
        var sources = Array.from(grouped(quoted, function (q) { return Q.source[q]; }))
          .sort(function (a, b) { return a[0] - b[0]; });
        // An article with hundreds of sources says little of any two.
        if (sources.length > 60) return;
        for (var i = 0; i < sources.length; i += 1) {
          for (var j = i + 1; j < sources.length; j += 1) {
            var key = sources[i][0] * D.sources.name.length + sources[j][0];
            var pair = pairs.get(key);
            if (pair === undefined) {
              pairs.set(key, pair = { a: sources[i][0], b: sources[j][0], documents: 0, n: 0, parts: [] });
            }
            pair.documents += 1;
            pair.n += sources[i][1].length + sources[j][1].length;
            pair.parts.push(sources[i][1], sources[j][1]);
          }
        }
      });
    var list = Array.from(pairs.values());
    list.forEach(function (pair) {
      pair.name = D.sources.name[pair.a];
      pair.other = D.sources.name[pair.b];
      Object.defineProperty(pair, "all", { get: function () { return pair.parts.flat(); } });
    });
    list.sort(function (a, b) { return b.documents - a.documents; });
    tables.together(list);
    $("c-together").replaceChildren();
    // Where no two meet twice, there is nothing to see.
    if (list.length === 0 || list[0].documents < 2) return;
    var weight = new Map();
    list.slice(0, 400).forEach(function (pair) {
      weight.set(pair.a, (weight.get(pair.a) || 0) + pair.documents);
      weight.set(pair.b, (weight.get(pair.b) || 0) + pair.documents);
    });
    var shown = Array.from(weight).sort(function (a, b) { return b[1] - a[1]; }).slice(0, 14)
      .map(function (entry) { return entry[0]; });
    var data = [];
    list.forEach(function (pair) {
      if (!shown.includes(pair.a) || !shown.includes(pair.b)) return;
      data.push({ x: pair.a, y: pair.b, pair: pair }, { x: pair.b, y: pair.a, pair: pair });
    });
    var label = function (s) { return short(D.sources.name[s], 22); };
    var place = $("c-together");
    chart(place, "Articles in which two are quoted", data, {
      width: Math.min(620, width(place)), marginLeft: 150, marginBottom: 130, padding: .06,
      height: shown.length * 24 + 140,
      x: { domain: shown, tickRotate: -50, label: null, tickFormat: label, tickSize: 0 },
      y: { domain: shown, label: null, tickFormat: label, tickSize: 0 },
      color: { scheme: "blues", type: "linear", domain: [0, d3.max(data, function (d) { return d.pair.documents; }) || 1] },
      marks: [Plot.cell(data, { x: "x", y: "y", fill: function (d) { return d.pair.documents; },
        title: function (d) { return d.pair.name + " and " + d.pair.other + ": " + d.pair.documents; } })]
    }, function (d) { return [d.pair.name + " and " + d.pair.other, d.pair.all]; });
  }

  function drawVerbs(all) {
    var ofVerbs = rows(grouped(all, function (q) { return Q.verb[q]; }), function (verb) { return D.verbs[verb]; });
    ofVerbs.forEach(function (row) {
      var stances = rows(grouped(row.all, function (q) { return Q.stance[q]; }), function (s) { return D.stances[s]; });
      row.stance = stances.length === 0 ? "" : stances[0].name;
    });
    tables.verbs(ofVerbs);
    plain($("c-verbs"), "The most used cues", ofVerbs, 15, "var(--direct)");
    var ofStances = rows(grouped(all, function (q) { return Q.stance[q]; }), function (s) { return D.stances[s]; });
    var known = ofStances.reduce(function (sum, row) { return sum + row.all.length; }, 0);
    ofStances.forEach(function (row) { row.share = percent(row.all.length, known); });
    tables.stances(ofStances);
    plain($("c-stances"), "Stance of the reporting verb", ofStances, 13, "var(--mixed)");
  }

  function drawGender(all) {
    var people = all.filter(function (q) { return typeOf(q) === 0; });
    var ofGenders = rows(grouped(people, function (q) { return D.sources.gender[Q.source[q]]; }), String);
    ofGenders.forEach(function (row) {
      row.sources = speakers(row.all);
      row.share = percent(row.all.length, people.length);
    });
    tables.gender(ofGenders);
    var of = function (gender) {
      var row = ofGenders.find(function (one) { return one.key === gender; });
      return row ? row.all.length : 0;
    };
    var old = document.getElementById("g-said");
    if (old) old.remove();
    $("t-gender").after(make("p", { id: "g-said", text: "Share of quotations of people that are of women: between " +
      percent(of("female"), people.length) + "% and " + percent(of("female") + of("unknown"), people.length) + "%." }));
  }

  // ---- corrected shares: of the articles that the filter leaves ----
  var GENDERS = ["female", "male"];
  // How many resamples between two glances at what a person does.
  var AT_ONCE = 20;
  var aspects = {
    kind: { of: function (q) { return Q.kind[q]; }, name: function (kind) { return D.kinds[kind]; } },
    type: { of: typeOf, name: typeName },
    gender: { of: function (q) { return typeOf(q) === 0 ? GENDERS.indexOf(D.sources.gender[Q.source[q]]) : -1; },
      name: function (gender) { return GENDERS[gender]; } }
  };
  var measured = $("mistakes") ? JSON.parse($("mistakes").textContent) : { aspects: [] };
  var mistakes = measured.aspects;
  // What the program has worked out stands for the whole corpus.
  var ofCorpus = $("shares-of") ? $("shares-of").textContent : "";
  var behind = [];
  var shares = Array.from(document.querySelectorAll("[data-open]"), function (button) {
    var what = button.dataset.open.split(":");
    var cells = Array.from(button.closest("tr").children);
    return { aspect: what[0], place: Number(what[1]), cells: cells,
      whole: cells.map(function (cell) { return cell.innerHTML; }) };
  });
  // Which articles the shares are of.
  var corrected = [];
  // Which filter is being worked on; what was begun before it is given up.
  var begun = 0;

  function ofRow(row) {
    return behind.filter(function (q) { return aspects[row.aspect].of(q) === row.place; });
  }

  shares.forEach(function (row) {
    row.cells[1].addEventListener("click", function (event) {
      if (event.target.closest("button")) open(aspects[row.aspect].name(row.place), ofRow(row));
    });
  });

  function drawShares(read) {
    if (mistakes.length === 0 || read.every(function (is, document) { return is === corrected[document]; })) return;
    corrected = read;
    begun += 1;
    var mine = begun;
    behind = [];
    for (var q = 0; q < N; q += 1) if (read[Q.document[q]]) behind.push(q);
    if (read.every(Boolean)) {
      shares.forEach(function (row) {
        row.cells.forEach(function (cell, n) { cell.innerHTML = row.whole[n]; });
      });
      $("shares-of").textContent = ofCorpus;
      $("shares").removeAttribute("aria-busy");
      return;
    }
    $("shares").setAttribute("aria-busy", "true");
    var width = 0;
    var offsets = mistakes.map(function (aspect) { return (width += aspect.classes) - aspect.classes; });
    var place = new Map();
    read.forEach(function (is, document) { if (is) place.set(document, place.size); });
    var counts = new Uint32Array(place.size * width);
    behind.forEach(function (q) {
      mistakes.forEach(function (aspect, n) {
        var kind = aspects[aspect.key].of(q);
        if (kind >= 0) counts[place.get(Q.document[q]) * width + offsets[n] + kind] += 1;
      });
    });
    var work = wiezeiShares.begin(mistakes, counts);
    (function go() {
      if (mine !== begun) return;
      if (work.step(AT_ONCE) < measured.resamples) setTimeout(go);
      else showShares(work.result(), place.size);
    })();
  }

  function showShares(results, articles) {
    var to = function (share) { return (100 * share).toFixed(1); };
    shares.forEach(function (row) {
      var aspect = mistakes.findIndex(function (one) { return one.key === row.aspect; });
      var estimate = results[aspect].classes[row.place];
      row.cells[1].querySelector("button").textContent = ofRow(row).length;
      row.cells[5].innerHTML = estimate === null ? "" : row.whole[5];
      if (estimate === null) {
        [2, 3, 4].forEach(function (n) { row.cells[n].textContent = "–"; });
        return;
      }
      var low = estimate.interval[0];
      var high = estimate.interval[1];
      row.cells[2].textContent = to(estimate.found);
      row.cells[3].replaceChildren(make("b", { text: to(estimate.corrected) }));
      row.cells[4].textContent = "[" + to(low) + ", " + to(high) + "]";
      var draw = function (part, name, share) { row.cells[5].querySelector(part).setAttribute(name, to(share)); };
      draw(".range", "x", low);
      draw(".range", "width", Math.max(.002, high - low));
      draw(".was", "x", estimate.found);
      draw(".at", "x", estimate.corrected);
    });
    var total = results[0].total;
    var whole = function (count) { return count.toFixed(0); };
    $("shares-of").textContent = "Of the outlet and dates that are chosen, " + articles +
      (articles === 1 ? " article: " : " articles: ") + (total === null ? "nothing can be said." :
      whole(total.corrected) + " quotations are estimated to be there [" + total.interval.map(whole).join(", ") + "]; " +
      behind.length + (behind.length === 1 ? " was" : " were") + " found or taken for some.") +
      (articles < measured.few ? " Of so few articles the intervals are too narrow." : "");
    $("shares").removeAttribute("aria-busy");
  }

  var waiting;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  }
  $("filters").addEventListener("input", soon);
  $("filters").addEventListener("reset", function () { setTimeout(draw); });
  $("filters").addEventListener("submit", function (event) { event.preventDefault(); });
  $("filters").hidden = false;
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (details) { details.open = true; });
  });
  draw();
})();
