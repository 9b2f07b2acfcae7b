// Shares of classes put right for the measured mistakes of the system, of the
// articles that are filtered. The same method as in src/scoring/shares.rs, where it
// is described and simulated; here, because only the page knows the filter.
var wiezeiShares = (function () {
  "use strict";

  // The true number of each class, from what was counted and a table of mistakes:
  // a row for each true class and one for what is no quotation, a column for each
  // class given and one for what was not found.
  function solved(table, found) {
    var n = found.length;
    var side = n + 1;
    var sums = [];
    var labelled = 0;
    for (var t = 0; t < n; t += 1) {
      sums[t] = 0;
      for (var c = 0; c < side; c += 1) sums[t] += table[t * side + c];
      labelled += sums[t];
    }
    if (labelled <= 0) return null;
    var equations = [];
    for (var given = 0; given < n; given += 1) {
      var equation = [];
      for (var truth = 0; truth < n; truth += 1) {
        equation.push((table[truth * side + given] + (truth === given ? 1 : 0)) / (sums[truth] + 1) +
          table[n * side + given] / labelled);
      }
      equations.push(equation.concat(found[given]));
    }
    for (var column = 0; column < n; column += 1) {
      var pivot = column;
      for (var row = column + 1; row < n; row += 1) {
        if (Math.abs(equations[row][column]) > Math.abs(equations[pivot][column])) pivot = row;
      }
      if (Math.abs(equations[pivot][column]) < 1e-9) return null;
      var chosen = equations[pivot];
      equations[pivot] = equations[column];
      equations[column] = chosen;
      for (var other = 0; other < n; other += 1) {
        if (other === column) continue;
        var factor = equations[other][column] / chosen[column];
        for (var cell = 0; cell <= n; cell += 1) equations[other][cell] -= factor * chosen[cell];
      }
    }
    return equations.map(function (equation, place) {
      return Math.max(0, equation[n] / equation[place]);
    });
  }

  // The same numbers each time, so that a filter that is chosen again shows the same.
  function generator(seed) {
    return function (limit) {
      seed = (seed + 0x6d2b79f5) | 0;
      var t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * limit);
    };
  }

  function quantile(sorted, share) {
    var at = share * (sorted.length - 1);
    var below = Math.floor(at);
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
  }

  // None where more than half of the resamples have no value.
  function interval(values, all) {
    if (values.length === 0 || all - values.length > values.length) return null;
    values.sort(function (a, b) { return a - b; });
    return [quantile(values, 0.025), quantile(values, 0.975)];
  }

  function total(counts) { return counts.reduce(function (sum, count) { return sum + count; }, 0); }

  // `aspects`: for each its number of `classes` and the `tables` of mistakes, one a
  // labelled article. `counts`: for each article the counts of the classes of all
  // aspects, one behind the other, in one list.
  function begin(aspects, counts) {
    var width = total(aspects.map(function (aspect) { return aspect.classes; }));
    var articles = counts.length / width;
    var labelled = aspects[0].tables.length;
    var random = generator(1);
    var done = 0;
    var sums = function (times) {
      return aspects.map(function (aspect) {
        var cells = (aspect.classes + 1) * (aspect.classes + 1);
        var table = new Array(cells).fill(0);
        for (var n = 0; n < labelled; n += 1) {
          var one = aspect.tables[n];
          for (var cell = 0; times[n] > 0 && cell < cells; cell += 1) table[cell] += times[n] * one[cell];
        }
        return table;
      });
    };
    var once = new Array(labelled).fill(1);
    var found = new Array(width).fill(0);
    for (var n = 0; n < counts.length; n += 1) found[n % width] += counts[n];
    var all = aspects.map(function () { return []; });

    function truths(tables, found) {
      var at = 0;
      return aspects.map(function (aspect, n) {
        var own = found.slice(at, at += aspect.classes);
        return solved(tables[n], own);
      });
    }

    // Draws so many resamples of the labelled articles and of these.
    function step(resamples) {
      for (var r = 0; r < resamples; r += 1) {
        var times = new Array(labelled).fill(0);
        for (var n = 0; n < labelled; n += 1) times[random(labelled)] += 1;
        var drawn = new Array(width).fill(0);
        for (var d = 0; d < articles; d += 1) {
          var at = random(articles) * width;
          for (var c = 0; c < width; c += 1) drawn[c] += counts[at + c];
        }
        truths(sums(times), drawn).forEach(function (truth, n) { all[n].push(truth); });
      }
      return done += resamples;
    }

    // Of each aspect its `total` and its `classes`, each with what was `found`, the
    // `corrected` and its `interval`; null where nothing can be said.
    function result() {
      var at = 0;
      return truths(sums(once), found).map(function (truth, n) {
        var own = found.slice(at, at += aspects[n].classes);
        var estimate = function (of) {
          var values = all[n].map(function (truth) { return truth === null ? null : of(truth); });
          var defined = values.filter(function (value) { return value !== null; });
          var between = interval(defined, values.length);
          var value = truth === null ? null : of(truth);
          return value === null || between === null ? null :
            { found: of(own), corrected: value, interval: between };
        };
        return {
          total: estimate(total),
          classes: own.map(function (_, place) {
            return estimate(function (counts) {
              var sum = total(counts);
              return sum > 0 ? counts[place] / sum : null;
            });
          })
        };
      });
    }

    return { step: step, result: result };
  }

  return { begin: begin };
})();
