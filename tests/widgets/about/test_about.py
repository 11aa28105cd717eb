"""What is told about a model, and where its links lead."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import TASK, changed, write
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QUrl
from qtpy.QtGui import (
    QColor,
    QDesktopServices,
    QGuiApplication,
    QPalette,
    QTextCursor,
)
from qtpy.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from napari_aiod_registry import Registry, Resolution
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.about.guide import (
    MOST_SHOWN,
    SHOW_IN_FOLDER,
    guide_address,
    guide_html,
    guide_path,
)
from napari_aiod_registry.widgets.about.panel import AboutPanel
from napari_aiod_registry.widgets.parts import Background

PERSON = {"name": "Jane Doe", "affiliation": "Crick"}
PUB = {"title": "On cells", "info": "the model", "url": "https://example.org/p"}


def resolution(folder: Path, *changes: Any, **family: Any) -> Resolution:
    places = [((key,), value) for key, value in family.items()]
    path = write(folder, changed(*places, *changes))
    found = Registry.from_paths([path]).stated("mito", "good", "v1")
    return replace(found, path=path)


def described(**metadata: Any) -> dict[str, Any]:
    return {"description": "For tests.", "license": "MIT", **metadata}


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[AboutPanel]:
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = AboutPanel(Background(holder), holder)
    holder.show()
    panel.show()
    fold = panel.findChild(QToolButton, "aiod-about-fold")
    assert fold is not None
    fold.setChecked(True)
    yield panel
    holder.close()


def browser(panel: QWidget) -> QTextBrowser:
    found = panel.findChild(QTextBrowser, "aiod-about")
    assert found is not None
    return found


def told(panel: AboutPanel, found: Resolution) -> str:
    panel.show_resolution(found)
    return browser(panel).toPlainText()


def links(panel: AboutPanel) -> list[str]:
    return re.findall(r'href="([^"]*)"', browser(panel).toHtml())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


# Levels


def test_what_a_version_does_not_state_its_family_tells(
    panel: AboutPanel, tmp_path: Path
) -> None:
    family = described(
        tags=["fluorescence"],
        authors=[PERSON],
        pubs=[PUB],
        url="https://example.org/home",
        repo="https://example.org/code",
    )
    own = (("versions", "v1", "metadata"), {"description": "For mice."})

    text = told(panel, resolution(tmp_path, own, metadata=family))

    for words in (
        "Tags: fluorescence",
        "Licence: MIT (stated for Good as a whole, not for this version)",
        "Authors: Jane Doe (Crick)",
        "Publication: On cells – the model",
        "Home page: https://example.org/home",
        "Code: https://example.org/code",
    ):
        assert words in text


def test_the_familys_licence_is_just_that_where_nothing_else_is_stated(
    panel: AboutPanel, tmp_path: Path
) -> None:
    assert "Licence: MIT\n" in told(panel, resolution(tmp_path))
    unknown = (("metadata",), {"description": "For tests."})
    assert "Licence: not stated" in told(panel, resolution(tmp_path, unknown))


def test_the_tasks_words_stand_above_the_versions_and_the_familys(
    panel: AboutPanel, tmp_path: Path
) -> None:
    version = (("versions", "v1", "metadata"), described(description="For mice."))
    task = ((*TASK, "metadata"), described(description="For their mitochondria."))

    text = told(panel, resolution(tmp_path, version, task))

    assert text.startswith("For their mitochondria.\nv1: For mice.\nGood: For tests.\n")
    same = ((*TASK, "metadata"), described(description="For mice."))
    text = told(panel, resolution(tmp_path, version, same))
    assert text.startswith("For mice.\nGood: For tests.\n")


# Authors and publications


def test_an_author_can_be_reached(panel: AboutPanel, tmp_path: Path) -> None:
    author = {
        **PERSON,
        "orcid": "https://orcid.org/0000-0002-1825-0097",
        "email": "jane+a?cc=b@example.org",
        "url": "https://example.org/jane",
        "github": "@jane-doe",
    }
    metadata = described(authors=[author])

    text = told(panel, resolution(tmp_path, metadata=metadata))

    assert "Jane Doe (Crick) ORCID jane+a?cc=b@example.org home page GitHub" in text
    for address in (
        "https://orcid.org/0000-0002-1825-0097",
        "https://example.org/jane",
        "https://github.com/jane-doe",
    ):
        assert address in links(panel)
    assert not any(link.startswith("mailto:") for link in links(panel))


@pytest.mark.parametrize(
    "github", ["janedoe", "https://github.com/janedoe/", "github.com/janedoe"]
)
def test_a_github_name_is_read_however_it_is_written(
    github: str, panel: AboutPanel, tmp_path: Path
) -> None:
    metadata = described(authors=[{**PERSON, "github": github}])

    panel.show_resolution(resolution(tmp_path, metadata=metadata))

    assert "https://github.com/janedoe" in links(panel)


def test_what_is_no_address_is_text(panel: AboutPanel, tmp_path: Path) -> None:
    author = {
        "name": "Jane Doe",
        "affiliation": " ",
        "orcid": "unknown",
        "email": "on request",
        "github": "a/../b",
    }
    metadata = described(authors=[author, {"name": " ", "affiliation": "Crick"}])

    text = told(panel, resolution(tmp_path, metadata=metadata))

    assert "Authors: Jane Doe on request a/../b\n" in text
    assert links(panel) == ["https://spdx.org/licenses/MIT.html"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["A B"], "\nA B\n"),
        (["A B", "C D", "E F"], "\nA B, C D, E F\n"),
        (["A B", "C D", "E F", "G H"], "\nA B, C D, E F et al.\n"),
    ],
)
def test_a_publication_has_authors_and_doi(
    names: list[str], shown: str, panel: AboutPanel, tmp_path: Path
) -> None:
    authors = [{"name": name, "affiliation": "?"} for name in names]
    pub = {**PUB, "year": 2020, "authors": authors, "doi": "doi:10.1/a<b>"}

    text = told(panel, resolution(tmp_path, metadata=described(pubs=[pub])))

    assert f"Publication (2020): On cells – the model{shown}DOI: 10.1/a<b>\n" in text
    assert "https://example.org/p" in links(panel)
    assert "https://doi.org/10.1/a%3Cb%3E" in links(panel)


def test_of_a_publication_nothing_is_made_up(panel: AboutPanel, tmp_path: Path) -> None:
    pub = {**PUB, "doi": "in press"}

    text = told(panel, resolution(tmp_path, metadata=described(pubs=[pub])))

    assert "Publication: On cells – the model\nParameters" in text


# Licences


@pytest.mark.parametrize(
    ("licence", "linked"),
    [
        ("BSD-3-Clause", ["BSD-3-Clause"]),
        ("MIT OR Apache-2.0", ["MIT", "Apache-2.0"]),
        ("(MIT AND CC-BY-4.0) or GPL-2.0+", ["MIT", "CC-BY-4.0", "GPL-2.0"]),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            ["GPL-2.0-only", "Classpath-exception-2.0"],
        ),
        ("LicenseRef-Lab-2", []),
        ("DocumentRef-a1:LicenseRef-2", []),
        ("Proprietary", []),
    ],
)
def test_licences_that_are_listed_are_linked(
    licence: str, linked: list[str], panel: AboutPanel, tmp_path: Path
) -> None:
    text = told(panel, resolution(tmp_path, metadata=described(license=licence)))

    assert f"Licence: {licence}\n" in text
    assert links(panel) == [f"https://spdx.org/licenses/{name}.html" for name in linked]


# The usage guide


@pytest.mark.parametrize(
    ("guide", "address"),
    [
        (" https://example.org/g \n", "https://example.org/g"),
        ("HTTPS://example.org/g", "HTTPS://example.org/g"),
        ("www.example.org/guide", "https://www.example.org/guide"),
    ],
)
def test_a_guide_on_the_web_is_a_link(guide: str, address: str) -> None:
    assert guide_address(guide) == address
    assert guide_path(guide, Path("/manifests")) is None


@pytest.mark.parametrize(
    ("guide", "path"),
    [
        ("/srv/lab guide.md", "/srv/lab guide.md"),
        ("/srv/a#b?c.md", "/srv/a#b?c.md"),
        ("file:///srv/lab%20guide.md", "/srv/lab guide.md"),
        ("FILE:/srv/guide", "/srv/guide"),
        ("$LAB/guide.md", "/labs/x/guide.md"),
        ("guide.md", "/manifests/guide.md"),
        ("docs/guide.pdf", "/manifests/docs/guide.pdf"),
        ("../my guide.pdf", "/my guide.pdf"),
        ("./guide", "/manifests/guide"),
        ("./install.sh", "/manifests/install.sh"),
        ("$UNSET/guide.md", None),
        ("None", None),
        ("Cellpose2.0", None),
        ("www.", None),
        ("https://example.org/a b", None),
        ("See docs/guide.md", None),
        ("/srv/guide.md holds all there is to know.", None),
        ("/ is what the root is called", None),
        ("javascript:alert(1).md", None),
        ("ftp://example.org/guide.md", None),
        ("a.md\nb.md", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_where_a_guide_is(
    guide: str, path: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAB", "/labs/x")
    monkeypatch.delenv("UNSET", raising=False)

    assert guide_path(guide, Path("/manifests")) == path
    assert guide_address(guide) is None
    html = guide_html(guide, Path("/manifests"))
    assert (f'href="{SHOW_IN_FOLDER}"' in html) == (path is not None)
    assert "file:" not in re.findall(r'href="([^"]*)"', html)


@pytest.mark.parametrize("guide", ["guide.md", "./guide.md", "$HERE/guide.md"])
def test_below_an_unknown_folder_a_guide_is_text(
    guide: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERE", "here")

    assert guide_path(guide, None) is None
    assert guide in guide_html(guide, None)


@pytest.mark.parametrize("guide", ["./my guide.sh", "file:{}/my%20guide.sh"])
def test_a_guide_that_is_a_file_is_never_opened_but_shown_in_its_folder(
    guide: str, panel: AboutPanel, tmp_path: Path, opened: list[str], qtbot: QtBot
) -> None:
    (tmp_path / "my guide.sh").write_text("rm -rf ~")
    guide = guide.format(tmp_path)
    text = told(panel, resolution(tmp_path, usage_guide=guide))

    assert guide in text
    assert links(panel)[1:] == [SHOW_IN_FOLDER]
    file = QUrl.fromLocalFile(str(tmp_path / "my guide.sh")).toString()
    for address in (file, "file:///etc/passwd", "javascript:alert(1)", "mailto:a@b"):
        browser(panel).anchorClicked.emit(QUrl(address))
    assert opened == []

    browser(panel).anchorClicked.emit(QUrl(SHOW_IN_FOLDER))
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == [QUrl.fromLocalFile(str(tmp_path)).toString()]


def test_it_is_said_where_there_is_no_folder(
    panel: AboutPanel, tmp_path: Path, opened: list[str], qtbot: QtBot
) -> None:
    told(panel, resolution(tmp_path, usage_guide=f"{tmp_path}/none/guide.md"))
    said = panel.findChild(QLabel, "aiod-cite-said")
    assert said is not None

    browser(panel).anchorClicked.emit(QUrl(SHOW_IN_FOLDER))

    qtbot.waitUntil(lambda: said.text() == "The folder can't be opened.")
    assert opened == []


def test_markdown_links_lead_to_the_web_alone(
    panel: AboutPanel, tmp_path: Path
) -> None:
    guide = (
        "# Guide\n\n[file](file:///etc/passwd) [script](javascript:alert(1)) "
        "[other](other.md) [part](#part) [ftp](ftp://example.org) "
        "[**bold**](JavaScript:alert(2))\n\n[web](https://example.org) "
        "[mail](mailto:a@example.org) [loud](HTTP://example.org/loud)\n\n"
        "| [cell](file:///etc/passwd) | b |\n|--|--|\n| 1 | 2 |\n"
    )

    text = told(panel, resolution(tmp_path, usage_guide=guide))

    assert "file script other part ftp bold" in text
    assert links(panel)[1:] == [
        "https://example.org",
        "HTTP://example.org/loud",
    ]
    # Nothing but links looks like one.
    html = guide_html(guide, None)
    assert html.count("<a ") == 2
    assert "underline" not in html
    assert "#0000ff" not in html


def test_pictures_in_markdown_are_their_words(
    panel: AboutPanel, tmp_path: Path
) -> None:
    guide = "# Guide\n\nSee ![two cells](https://example.org/a.png) and ![](b.png)!"

    text = told(panel, resolution(tmp_path, usage_guide=guide))

    assert "See two cells and !" in text
    assert "<img" not in browser(panel).toHtml()


def test_a_table_alone_is_markdown() -> None:
    assert "<table" in guide_html("a | b\n--|--\n1 | 2", None)
    assert "<table" not in guide_html("a | b\nc | d", None)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_links_in_markdown_have_the_colour_of_other_links(
    dark: bool, panel: AboutPanel, tmp_path: Path
) -> None:
    palette = QPalette()
    ink = QColor("white" if dark else "black")
    palette.setColor(QPalette.ColorRole.WindowText, ink)
    panel.setPalette(palette)
    guide = "# Guide\n\n[two](https://example.org/2)"

    panel.show_resolution(resolution(tmp_path, usage_guide=guide))

    found = re.findall(
        r'<a href="[^"]*"><span style="[^"]* color:(#\w+)', browser(panel).toHtml()
    )
    assert found == ["#8ab4f8" if dark else "#0b57d0"] * 2


# Long guides


LONG = 60_000


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n" + "Some **bold** words. " * (LONG // 20),
        "# A" + "\n" * LONG,
        "-" * LONG + "x",
        "# A\n\n" + "<body " * (LONG // 6),
        "# A\n\n" + "a@example.org " * (LONG // 14),
        "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * LONG,
        "# A\n\n" + "- " * LONG + "x",
    ],
    ids=["words", "lines", "dashes", "body", "mails", "table", "lists"],
)
def test_a_long_guide_does_not_freeze_the_panel(
    text: str, panel: AboutPanel, tmp_path: Path
) -> None:
    found = resolution(tmp_path, usage_guide=text)
    start = time.perf_counter()

    shown = told(panel, found)

    assert time.perf_counter() - start < 2
    match = re.search(r"the beginning of the guide: ([\d,]+) of ([\d,]+) char", shown)
    assert match is not None
    some, all_ = (int(number.replace(",", "")) for number in match.groups())
    assert MOST_SHOWN // 2 < some <= MOST_SHOWN
    assert all_ == len(text)


def test_a_short_guide_is_shown_to_its_end(panel: AboutPanel, tmp_path: Path) -> None:
    guide = "# A\n\nSay `<body>` and `</body>` to **it**."

    text = told(panel, resolution(tmp_path, usage_guide=guide))

    assert "Usage guide\nA\nSay <body> and </body> to it.\n" in text
    assert "the beginning of the guide" not in text


# Looking again


def test_looking_again_leaves_what_is_read_in_sight(
    qtbot: QtBot, tmp_path: Path
) -> None:
    guide = "\n".join(f"Line {number}" for number in range(200))
    path = write(tmp_path, changed((("usage_guide",), guide)))
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    picker.show()
    fold = picker.findChild(QToolButton, "aiod-about-fold")
    again = picker.findChild(QAbstractButton, "aiod-look-again")
    assert fold is not None
    assert again is not None
    fold.setChecked(True)
    text = browser(picker)
    bar = text.verticalScrollBar()
    assert bar is not None
    bar.setValue(bar.maximum() // 2)
    text.moveCursor(QTextCursor.MoveOperation.End)
    text.moveCursor(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0

    again.click()

    assert bar.value() == place
    assert text.textCursor().hasSelection()  # it was not written anew


def test_a_changed_text_of_the_same_version_keeps_its_place(
    panel: AboutPanel, tmp_path: Path
) -> None:
    guide = "\n".join(f"Line {number}" for number in range(200))
    panel.show_resolution(resolution(tmp_path, usage_guide=guide))
    bar = browser(panel).verticalScrollBar()
    assert bar is not None
    bar.setValue(bar.maximum() // 2)
    place = bar.value()

    text = told(panel, resolution(tmp_path, usage_guide=f"{guide}\nThe end"))

    assert "The end" in text
    assert bar.value() == place
    found = resolution(tmp_path, name="Other", short_name="good", usage_guide=guide)
    other = found.selection._replace(model="other")
    panel.show_resolution(replace(found, selection=other))
    assert bar.value() == 0


# Citing


def test_the_home_page_is_cited_where_there_is_no_publication(
    panel: AboutPanel, tmp_path: Path
) -> None:
    metadata = described(url="https://example.org/home")
    panel.show_resolution(resolution(tmp_path, metadata=metadata))
    cite = panel.findChild(QPushButton, "aiod-cite")
    clipboard = QGuiApplication.clipboard()
    assert cite is not None
    assert clipboard is not None
    menu = cite.menu()
    assert menu is not None

    copied = []
    for action in menu.actions():
        action.trigger()
        copied.append(clipboard.text())

    assert copied[0].startswith("@misc{good,")
    assert copied[1] == "Good. (n.d.). https://example.org/home"


def test_of_long_lists_the_first_are_told(panel: AboutPanel, tmp_path: Path) -> None:
    family = described(
        tags=[f"tag {number}" for number in range(1000)],
        authors=[{"name": f"A {n}.", "affiliation": "x"} for n in range(1000)],
        description="word " * 100_000,
    )

    text = told(panel, resolution(tmp_path, metadata=family))

    assert "tag 199, … and 800 more" in text
    assert "A 49. (x); … and 950 more" in text
    assert len(text) < 50_000
