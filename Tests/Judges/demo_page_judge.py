#!/usr/bin/env python3
"""Uses the demo's page in a real browser: demo_page_judge.py PAGE_URL SCREENSHOT [PHONE_SCREENSHOT].

First it does the main job as two people on a desk's screen: Amy adds nodes and confirms, asks for a restart, Bob approves
it. Then it takes the three guided steps as a newcomer would, by what the page offers, on a phone's screen; each turns green
when it is done and not before. The whole history is read, the newest change first. At last two teams are asked, and time is moved.
Ends with `N passed, M failed`; exit code 0 only if nothing failed.
"""

import re
import sys

from playwright.sync_api import TimeoutError, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
PATIENCE_MS = 120_000
# After so long a person presses a button again whose answer did not come: private answers may be lost, decisions are not.
PRESS_AGAIN_MS = 30_000
TRIES = 5
DESK = {"width": 1280, "height": 860}
# The sizes of small and usual telephones, and of one that is held sideways.
PHONES = [{"width": 360, "height": 640}, {"width": 390, "height": 844}, {"width": 667, "height": 375}]


class Page:
    """The page, by what people see of it."""

    def __init__(self, browser, url, size):
        self.page = browser.new_page(viewport=size)
        self.page.set_default_timeout(PATIENCE_MS)
        self.errors = []
        self.page.on("pageerror", self.fail)
        self.page.goto(url)
        self.channel = self.page.get_by_role("log")
        self.box = self.page.get_by_role("textbox", name="Message or command")

    def fail(self, error):
        print("an error in the page:", error, getattr(error, "stack", ""), flush=True)
        self.errors.append(str(error))

    def be(self, name):
        self.page.get_by_role("list", name="You are").get_by_role("button", name=name).click()

    def type(self, text, until):
        self.box.fill(text)
        self.send(until)

    def send(self, until):
        self.persist(lambda: self.box.press("Enter"), until)

    def press(self, name, until):
        self.persist(lambda: self.channel.get_by_role("button", name=name).last.click(), until, PRESS_AGAIN_MS)

    def persist(self, action, until, again_after=None):
        """Does it until the channel shows a text once more than before; again only where the page says that it did not go through: the bot
        stores nothing that it cannot store in time."""
        before = self.channel.inner_text().count(until)
        for _ in range(TRIES):
            action()
            print("waits for", repr(until), "more than", before, flush=True)
            try:
                shown = self.page.wait_for_function(
                    """([text, before]) => document.getElementById("log").innerText.split(text).length - 1 > before
                        || (document.getElementById("problem").textContent ? "problem" : false)""",
                    arg=[until, before],
                    timeout=again_after or PATIENCE_MS,
                ).json_value()
            except TimeoutError:
                if not again_after:
                    raise
                print("no answer came")
                continue
            if shown is True:
                return
            print("did not go through:", self.page.get_by_role("alert").inner_text())
        raise AssertionError(f"it did not go through in {TRIES} tries")

    def shows(self, text):
        expect(self.channel).to_contain_text(text)

    def take_step(self, name):
        """Takes a step that puts a command into the box."""
        self.step(name).click()
        expect(self.box).to_have_value(re.compile("^/cluster 42 "))

    def step(self, name):
        return self.page.get_by_role("group", name="steps").get_by_role("button", name=name)

    def steps_done(self, *expected):
        for name in ["Ask as amy", "Approve as bob", "Read the history"]:
            classes = "done" if name in expected else ""
            expect(self.step(name)).to_have_class(classes)
            expect(self.step(name)).to_have_attribute("aria-checked", str(name in expected).lower())
            if classes:
                expect(self.step(name)).to_contain_text("done")

    def succeeded(self, count):
        expect(self.channel.get_by_text(" – done")).to_have_count(count)

    def close(self):
        if self.errors:
            raise AssertionError(f"errors in the page: {self.errors}")
        self.page.close()


def input_is_on_the_first_screen(browser, url):
    for size in PHONES + [DESK]:
        phone = Page(browser, url, size)
        expect(phone.step("Ask as amy")).to_be_visible()
        for seen in [phone.box, phone.page.get_by_role("button", name="Send")]:
            place = seen.bounding_box()
            ends = place["y"] + place["height"], place["x"] + place["width"]
            if place["y"] < 0 or ends[0] > size["height"] or ends[1] > size["width"]:
                raise AssertionError(f"at {size} the input is not on the first screen: {place}")
        if phone.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            raise AssertionError(f"at {size} the page is wider than the screen")
        phone.close()


def newcomer_takes_the_steps(browser, url, screenshot):
    phone = Page(browser, url, PHONES[1])
    phone.steps_done()
    phone.step("Approve as bob").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("take step 1 first")
    # What needs no approval is no such step.
    phone.be("amy")
    phone.type("/cluster 43 scale 1", until="#3")
    expect(phone.channel.get_by_role("button", name="Add 1 node")).to_have_count(1)
    phone.press("Add 1 node", until="confirmed by")
    phone.succeeded(3)
    phone.steps_done()
    phone.take_step("Ask as amy")
    phone.send(until="approve?")
    phone.steps_done("Ask as amy")
    # Who asked cannot approve; the click is no approval.
    phone.press("Approve", until="You asked for #4 yourself")
    phone.steps_done("Ask as amy")
    phone.step("Approve as bob").click()
    approve = phone.channel.get_by_role("button", name="Approve").last
    expect(approve).to_be_focused()
    expect(approve).to_be_in_viewport(ratio=1)
    phone.persist(approve.click, until="approved by")
    phone.steps_done("Ask as amy", "Approve as bob")
    phone.take_step("Read the history")
    phone.steps_done("Ask as amy", "Approve as bob")
    phone.send(until="History of 42 prod-train")
    phone.steps_done("Ask as amy", "Approve as bob", "Read the history")
    if screenshot:
        phone.page.screenshot(path=screenshot)
    phone.close()


def two_people_do_the_main_job(browser, url, screenshot):
    desk = Page(browser, url, DESK)
    desk.be("amy")
    desk.type("/cluster 42 scale 4", until="+4 nodes on prod-train, 8 → 12")
    desk.press("Add 4 nodes", until="confirmed by")
    expect(desk.page.get_by_text("12 nodes", exact=True)).to_be_visible()
    desk.type("/cluster 42 restart cluster because the driver is new", until="#2")
    approve = desk.channel.get_by_role("button", name="Approve")
    expect(approve).to_have_count(1)
    desk.be("bob")
    desk.persist(approve.last.click, until="approved by")
    desk.succeeded(2)
    desk.page.screenshot(path=screenshot)
    desk.close()


def the_newest_entries_are_shown(browser, url):
    desk = Page(browser, url, DESK)
    desk.be("bob")
    # A request that the API refuses at once, because the group is there already.
    failed = desk.channel.get_by_text("– failed")
    desk.shows("#4")
    before = failed.count()
    for number in range(1, 9):
        desk.type("/cluster 43 sg add 2", until=f"#{4 + number}")
        expect(failed).to_have_count(before + number)
    desk.type("/cluster history 50", until="❌ #12")
    last = desk.channel.get_by_role("listitem").last
    expect(last).to_contain_text(re.compile("❌ #12.*✅ #1 ", re.DOTALL))
    desk.close()


def a_slash_begins_a_command(browser, url):
    desk = Page(browser, url, DESK)
    desk.channel.focus()
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("cluster version")
    expect(desk.box).to_have_value("/cluster version")
    desk.send(until="clusterbot 0")
    desk.page.keyboard.press("ArrowUp")
    expect(desk.box).to_have_value("/cluster version")
    desk.close()


def targets_are_large_enough_for_thumbs(browser, url):
    phone = Page(browser, url, PHONES[1])
    small = phone.page.evaluate(
        """[...document.querySelectorAll("button, #text")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 40)
            .map(e => e.textContent)"""
    )
    if small:
        raise AssertionError(f"too small for a thumb: {small}")
    phone.close()


def two_teams_are_called_again(browser, url, screenshot):
    """What needs two teams asks both, in their own channels; at half the time, which is moved, those who are missing are called again."""
    desk = Page(browser, url, DESK)
    desk.be("amy")
    desk.type("/cluster 42 sg remove 3 because the notebook server is gone", until="#13")
    desk.shows("a lead: bob, carol")
    desk.shows("a member of security: erin")
    desk.channel.get_by_text("@erin").last.wait_for()
    desk.page.get_by_role("group", name="Let time pass").get_by_role("button", name="+15 min").click()
    desk.shows("#13 still waits for approval by a lead and a member of security")
    expect(desk.page.locator("#clock")).to_contain_text("15 min ahead")
    desk.page.get_by_role("list", name="Channels").get_by_role("button", name="security").click()
    desk.be("erin")
    approve = desk.channel.get_by_role("button", name="Approve")
    expect(approve).to_have_count(1)
    desk.shows("@erin: #13 still waits")
    if screenshot:
        desk.page.screenshot(path=screenshot.replace(".png", "-teams.png"))
    desk.persist(approve.last.click, until="✅ a member of security: erin")
    desk.be("bob")
    desk.persist(desk.channel.get_by_role("button", name="Approve").last.click, until=" – done")
    expect(approve).to_have_count(0)
    desk.close()


def main(url, screenshot, phone_screenshot=None):
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            two_people_do_the_main_job(browser, url, screenshot)
            input_is_on_the_first_screen(browser, url)
            newcomer_takes_the_steps(browser, url, phone_screenshot)
            the_newest_entries_are_shown(browser, url)
            two_teams_are_called_again(browser, url, screenshot)
            a_slash_begins_a_command(browser, url)
            targets_are_large_enough_for_thumbs(browser, url)
        except Exception:
            for page in [page for context in browser.contexts for page in context.pages]:
                print("The channel when it failed:", page.get_by_role("log").inner_text(), sep="\n")
                print("The page's connection:", page.locator("#link").inner_text(), page.evaluate("[turn, since, held.size]"))
                page.reload()
                page.wait_for_timeout(3000)
                print("The channel when it is read anew:", page.get_by_role("log").inner_text()[-600:], sep="\n")
            raise
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Exception as error:  # a judge that stops must never look like a pass
        print(f"FAIL {type(error).__name__}: {error}")
        print("0 passed, 1 failed")
        sys.exit(1)
    print("1 passed, 0 failed")
