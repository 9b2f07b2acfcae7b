"""The page on a corpus: its numbers are those of the JSON lines."""

import collections
import json
import random
import subprocess

from browser import PROGRAM, ROOT, BrowserTest

OUTLETS = ["nos", "De Bode", "Het Nieuwsblad van Meerdam"]


def corpus(folder):
    """Quotations of the invented articles in `eval/gold/dev`, with dates and
    outlets that are invented too."""
    random.seed(4)
    articles = folder / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        for path in sorted((ROOT / "eval" / "gold" / "dev").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            date = f"2019-{random.randint(1, 7):02}-{random.randint(1, 28):02}"
            line = {"id": gold["id"], "text": gold["text"], "date": date,
                    "outlet": random.choice(OUTLETS)}
            out.write(json.dumps(line) + "\n")
    names = ROOT / "eval" / "gold" / "names.jsonl"
    quotations = folder / "quotations.jsonl"
    with quotations.open("wb") as out:
        subprocess.run([PROGRAM, "attribute", "--quiet", "--names", names, articles],
                       stdout=out, check=True)
    page = folder / "report.html"
    subprocess.run([PROGRAM, "report", "--quiet", quotations, "--texts", articles,
                    "--title", "Invented articles", "--gender", "-o", page], check=True)
    lines = quotations.read_text(encoding="utf-8").splitlines()
    return page, [json.loads(line) for line in lines]


class Report(BrowserTest):
    def setUp(self):
        super().setUp()
        page, self.documents = corpus(self.folder)
        self.open(page.as_uri())
        self.wait(lambda: self.all("#t-sources tbody tr"))

    def quotes(self, wanted=lambda document: True):
        return [quote for document in self.documents if wanted(document)
                for quote in document["quotes"]]

    def number(self, text):
        return int(text.replace(",", ""))

    def tiles(self):
        tiles = {}
        for tile in self.all(".tile"):
            value, label = tile.text.split("\n")
            tiles[label.split(",")[0]] = self.number(value)
        return tiles

    def column(self, place, column):
        rows = {}
        for row in self.all(f"#{place} tbody tr"):
            cells = row.find_elements("css selector", "th, td")
            rows[cells[0].text] = self.number(cells[column].text)
        return rows

    def choose(self, field, value):
        self.run_script(
            "var f = document.getElementById(arguments[0]); f.value = arguments[1];"
            "f.dispatchEvent(new Event('input', {bubbles: true}));", field, value)

    def shown(self):
        return self.number(self.one("#shown").text.split(" ")[0])

    def test_the_numbers_are_those_of_the_json_lines(self):
        quotes = self.quotes()
        tiles = self.tiles()
        self.assertEqual(tiles["quotations"], len(quotes))
        self.assertEqual(tiles["articles"], len(self.documents))
        kinds = collections.Counter(quote["kind"] for quote in quotes)
        self.assertEqual({kind: tiles[kind] for kind in kinds}, dict(kinds))
        self.assertEqual(tiles["with a source"], sum(q["speaker"] is not None for q in quotes))
        types = collections.Counter(
            q["speaker"]["type"] if q["speaker"] else "no source" for q in quotes)
        self.assertEqual(self.column("t-types", 1), dict(types))
        outlets = collections.Counter()
        for document in self.documents:
            outlets[document["metadata"]["outlet"]] += len(document["quotes"])
        self.assertEqual(self.column("t-outlets", 2), dict(outlets))
        stances = collections.Counter(q["stance"] for q in quotes if "stance" in q)
        self.assertEqual(self.column("t-stances", 1), dict(stances))
        self.picture("report")
        self.dark()
        self.picture("report-dark", height=1400)

    def test_filters_leave_what_they_should(self):
        self.choose("f-kind", "2")
        indirect = sum(quote["kind"] == "indirect" for quote in self.quotes())
        self.wait(lambda: self.shown() == indirect)
        self.assertEqual(self.tiles()["indirect"], indirect)
        self.choose("f-kind", "")
        self.choose("f-from", "2019-04-01")
        late = len(self.quotes(lambda document: document["metadata"]["date"] >= "2019-04-01"))
        self.wait(lambda: self.shown() == late)
        self.one("#filters button[type=reset]").click()
        self.wait(lambda: self.shown() == len(self.quotes()))

    def test_a_number_opens_the_quotations_behind_it(self):
        row = self.one("#t-sources tbody tr")
        name = row.find_element("css selector", "th").text
        button = row.find_element("css selector", "button.n")
        count = self.number(button.text)
        button.click()
        self.wait(lambda: self.one("#dialog").is_displayed())
        listed = self.all("#d-list li")
        self.assertEqual(len(listed), count)
        self.assertTrue(all(name in item.text for item in listed))
        self.picture("report-quotations", height=1000)
        self.one("#d-close").click()
        self.assertFalse(self.one("#dialog").is_displayed())

    def test_a_table_sorts_and_finds(self):
        header = self.all("#t-sources thead button")[0]
        header.click()
        names = [row.text for row in self.all("#t-sources tbody th")]
        self.assertEqual(names, self.run_script(
            "return arguments[0].slice().sort(function (a, b) { return a.localeCompare(b, 'nl'); })", names))
        self.one("#t-sources input").send_keys("zzzz")
        self.wait(lambda: not self.all("#t-sources tbody tr"))

    def test_shares_have_intervals_around_them(self):
        rows = self.all("#shares tbody tr")
        self.assertEqual(len(rows), 3 + 6 + 2)
        for row in rows:
            cells = [cell.text for cell in row.find_elements("css selector", "td")]
            low, high = cells[3].strip("[]").split(", ")
            self.assertLessEqual(float(low), float(cells[2]))
            self.assertGreaterEqual(float(high), float(cells[2]))

    def test_a_corrected_share_opens_what_was_found(self):
        for button in self.all("#shares button.n"):
            count = self.number(button.text)
            self.run_script("arguments[0].click()", button)
            self.assertIn(f": {count:,} quotation", self.one("#d-title").text)
            self.run_script("document.getElementById('d-close').click()")

    def test_warnings_name_what_was_not_measured(self):
        said = self.one(".warn").text
        self.assertIn("De Bode", said)
        self.assertNotIn("(nos", said)
