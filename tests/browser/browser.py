"""A Chromium without a window, a service to look at, and articles for both.

Articles and their names are written here: no model is needed.
"""

import json
import os
import re
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("WIEZEI", ROOT / "target" / "debug" / "wiezei"))
# Where pictures go, if they are wanted.
SCREENSHOTS = os.environ.get("SCREENSHOTS")

# Who is named in the articles of `corpus/`.
NAMES = {
    "dijkversterking": {
        "Bergse": "MISC", "Marijke van Osnabrugge": "PER", "Ooltwijk": "LOC",
        "Van Osnabrugge": "PER", "Youssef el Amrani": "PER", "Teun Bakkerus": "PER",
        "Rijkswaterstaat": "ORG",
    },
    "havenstaking": {
        "MOERDRECHT": "LOC", "Moerdrecht": "LOC", "FNV Havens": "ORG", "Scheldeport": "ORG",
        "Antwerpen": "LOC", "Ineke Tromp": "PER", "Jeroen Tromp": "PER",
    },
}


def article(name):
    return (ROOT / "corpus" / f"{name}.txt").read_text(encoding="utf-8")


def named_entities(text, names):
    """Every place where one of the names stands; offsets in code points."""
    found = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            start, end = match.span()
            if all(end <= other["start"] or other["end"] <= start for other in found):
                found.append({"start": start, "end": end, "label": names[name]})
    return sorted(found, key=lambda entity: entity["start"])


def record(identifier, name):
    """The line of a file of names for an article that is called `identifier`."""
    entities = named_entities(article(name), NAMES[name])
    return json.dumps({"id": identifier, "named_entities": entities}) + "\n"


class Service:
    """`wiezei serve` on a free port."""

    def __init__(self, names, *arguments):
        command = [PROGRAM, "serve", "--port", "0", "--names", names, "--log", "json", *arguments]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            message = json.loads(line).get("message", "")
            if "http://" in message:
                self.address = message[message.index("http://"):]
                return
        raise RuntimeError("the service ended before it listened")

    def end(self):
        self.process.terminate()
        self.process.stderr.close()
        self.process.wait()


class BrowserTest(unittest.TestCase):
    """Each test has a browser of its own; at its end, nothing may have been
    said on the console, and no request may have left the machine."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        options = webdriver.ChromeOptions()
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--window-size=1400,1000", "--hide-scrollbars", "--force-color-profile=srgb",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        self.browser = webdriver.Chrome(options=options, service=service)
        self.addCleanup(self.browser.quit)

    def tearDown(self):
        said = [entry for entry in self.browser.get_log("browser") if entry["level"] != "INFO"]
        self.assertEqual(said, [], "the console is silent")
        for entry in self.browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                own = ("file:", "data:", "blob:", "chrome:", "http://127.0.0.1:")
                self.assertTrue(url.startswith(own), f"a request left the machine: {url}")

    def serve(self, names, *arguments):
        path = self.folder / "names.jsonl"
        path.write_text(names, encoding="utf-8")
        service = Service(path, *arguments)
        self.addCleanup(service.end)
        return service

    def open(self, address):
        self.browser.get(address)

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, until, seconds=20):
        return WebDriverWait(self.browser, seconds).until(lambda _: until())

    def run_script(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def dark(self, is_dark=True):
        feature = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def picture(self, name, width=1400, height=None):
        if SCREENSHOTS is None:
            return
        before = self.browser.get_window_size()
        if height is None:
            height = self.run_script("return document.documentElement.scrollHeight") + 140
        self.browser.set_window_size(width, height)
        time.sleep(0.6)
        self.browser.save_screenshot(str(Path(SCREENSHOTS) / f"{name}.png"))
        self.browser.set_window_size(before["width"], before["height"])
