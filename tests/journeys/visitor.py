"""Somebody at a browser of their own, who checks every page they pass for accessibility."""

from typing import ClassVar

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.axe import assert_accessible, assert_fits

PASSWORD = "a long enough pass phrase"
# Whoever walks at the width of a small phone looks at every page on a screen as well.
NARROW, WIDE = 320, 1280


class Visitor:
    """One person, one browser, one site. Knows pages by their names and words.

    The checks for accessibility are a script: where scripts are off, only the width is looked at.
    """

    here: ClassVar[list[BrowserContext]] = []

    def __init__(self, browser: Browser, site: str, *, width: int = WIDE, scripts: bool = True):
        self.site, self.scripts = site, scripts
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        self.here.append(context)
        context.set_default_timeout(8_000)
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message) -> None:
        # A refused answer is sometimes what a step is about; a policy broken never is.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    @classmethod
    def all_leave(cls) -> None:
        """Close every browser that was opened since."""
        while cls.here:
            cls.here.pop().close()

    def opens(self, address: str, expect: int = 200) -> "Visitor":
        response = self.page.goto(self.site + address)
        assert response.status == expect, f"{address} answered {response.status}"
        return self._looks()

    def follows(self, link: str) -> "Visitor":
        self.page.get_by_role("link", name=link).first.click()
        return self._looks()

    def presses(self, button: str) -> "Visitor":
        pressed = self.page.get_by_role("button", name=button, exact=True).first
        # A form that saves as one types goes once the save under way has ended.
        if pressed.evaluate("pressed => Boolean(pressed.form?.dataset.autosave)"):
            with self.page.expect_navigation():
                pressed.click()
        else:
            pressed.click()
        return self._looks()

    def fills(self, **answers: object) -> "Visitor":
        """Answers the form's fields by name: text, a choice, a file or a tick."""
        for name, value in answers.items():
            field = self.page.locator(f'[name="{name}"]').first
            kind = field.get_attribute("type")
            if kind in {"radio", "checkbox"}:
                wanted = f'[value="{value}"]' if kind == "radio" else ""
                self.page.locator(f'[name="{name}"]{wanted}').check()
            elif kind == "file":
                field.set_input_files(value)
            elif field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(str(value))
        return self

    def signs_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        self.opens("/account/login/")
        return self.fills(login=email, password=password).presses("Sign in")

    def reads(self, *words: str) -> "Visitor":
        """Every one of these words stands on the page."""
        text = self.page.locator("main").inner_text()
        missing = [word for word in words if word not in text]
        assert missing == [], f"not on {self.page.url}: {missing}\n{text[:1500]}"
        return self

    def does_not_read(self, *words: str) -> "Visitor":
        text = self.page.content()
        assert [word for word in words if word in text] == []
        return self

    def still_finds(self, **answers: str) -> "Visitor":
        """What was typed is still in its field."""
        for name, value in answers.items():
            assert value in self.page.locator(f'[name="{name}"]').first.input_value()
        return self

    def answers_the_check(self, reason: str) -> "Visitor":
        """Gives one reason for every warning of a check that has none yet."""
        rest = self.page.locator("form.check-rest")
        form = rest if rest.count() else self.page.locator("details[open] form").first
        if form.locator("[name=which]").count():
            form.locator("[name=which]").first.check()
        form.locator("[name=reason]").fill(reason)
        form.get_by_role("button").click()
        return self._looks()

    def _looks(self) -> "Visitor":
        self.page.wait_for_load_state()
        assert self.faults == [], f"{self.page.url}: {self.faults}"
        if not self.scripts:
            assert_fits(self.page)
            return self
        assert_accessible(self.page)
        if self.page.viewport_size["width"] == NARROW:
            self._is_as_wide_as(WIDE)
            assert_accessible(self.page)
            self._is_as_wide_as(NARROW)
        return self

    def _is_as_wide_as(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
