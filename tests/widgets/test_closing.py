"""Closing the panel, or a part of it, never ends napari, and leaves nothing behind.

What crashes takes its process with it, so those tests have one of their own.
"""

from __future__ import annotations

import ast
import gc
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QApplication, QDockWidget, QMainWindow

import napari_aiod_registry
from napari_aiod_registry.widgets.dock import RegistryDock

PACKAGE = Path(napari_aiod_registry.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))

CLOSE_THE_DOCK = """
import gc, sys, threading, time
from pathlib import Path
import napari
from qtpy.QtWidgets import QApplication
from napari_aiod_registry import Registry

def wait(seconds):  # without an event loop: what is to be deleted later stays
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()

folder = Path(sys.argv[1])
text = Registry.bundled().paths["stardist"].read_text(encoding="utf-8")
files = [folder / f"{number}.json" for number in range(3)]
viewer = napari.Viewer()
for number in range(2):
    for file in files:
        file.write_text(text, encoding="utf-8")
    dock, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    for file in files:
        picker.open_manifest(file)
    wait(0.3)
    for file in files:
        file.write_text(text[: -5 - number], encoding="utf-8")
    wait(0.15)  # their timers run
    dock.destroyOnClose()  # what napari's x does
    del dock, picker
    thread = threading.Thread(target=gc.collect)  # as in any thread that allocates
    thread.start()
    thread.join()
    wait(2.2)
viewer.close()
print("survived")
"""

CLOSE_A_PREVIEW = """
import gc, sys, time
from pathlib import Path
from qtpy.QtWidgets import QApplication
from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker

app = QApplication([])
file = Path(sys.argv[1], "wrong.json")
file.write_text("{", encoding="utf-8")
picker = ModelPicker(registry=Registry.bundled())
picker.show()

def wait(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()

for milliseconds in range(0, 200, 10):  # somewhere in between, timers wait
    picker.open_manifest(file)
    wait(milliseconds / 1000)
    picker.close_preview(file)
    gc.collect()
    wait(0.15)
picker.deleteLater()
print("survived")
"""


LEAVES_NOTHING = """
import gc, sys, threading, time
from collections import Counter
from pathlib import Path
import napari, numpy as np
from qtpy.compat import isalive
from qtpy.QtCore import QEventLoop, QObject, QTimer
from qtpy.QtWidgets import QApplication, QDockWidget, QVBoxLayout, QWidget
from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker

folder, how, has_loop = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "loop"
file = folder / "mine.json"
text = Registry.bundled().paths["stardist"].read_text(encoding="utf-8")
file.write_text(text, encoding="utf-8")
viewer = napari.Viewer()
layer = viewer.add_image(np.zeros((8, 8)))

def wait(seconds):
    loop, end = QEventLoop(), time.monotonic() + seconds
    if has_loop:
        QTimer.singleShot(int(1000 * seconds), loop.quit)
        loop.exec()
    while time.monotonic() < end:
        QApplication.processEvents()

def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        wait(0.01)

def collect():  # as in any thread that allocates
    thread = threading.Thread(target=gc.collect)
    thread.start()
    thread.join()
    wait(0.05)

def in_a_dock(widget):  # napari's own parts; without an event loop they stay
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget is not None and widget.widget() is None

def there_is():
    wait(0.05)
    collect()
    found = Counter(
        type(one).__name__ for one in QApplication.allWidgets() if not in_a_dock(one)
    )
    for one in gc.get_objects():
        if isinstance(one, QObject) and isalive(one) and not one.isWidgetType():
            found[f"object {type(one).__name__}"] += 1
    found.update(f"thread {thread.name}" for thread in threading.enumerate())
    layers = viewer.layers
    parts = {"viewer": viewer, "layers": layers, "dims": viewer.dims, "layer": layer}
    for name, part in {**parts, "selection": layers.selection}.items():
        for event, emitter in part.events.emitters.items():
            found[f"listener {name}.{event}"] += len(emitter.callbacks)
    return found

class Around(QWidget):  # another plugin's widget
    def __init__(self, inside):
        super().__init__()
        self.me = self  # in a cycle, so that only the collector finds it
        QVBoxLayout(self).addWidget(inside)

def ours():
    window = viewer.window
    if how == "plugin":
        dock, picker = window.add_plugin_dock_widget(
            "napari-aiod-registry", "Model Registry"
        )
    else:
        picker = ModelPicker(viewer, registry=Registry.bundled())
        widget = Around(picker) if how == "inside" else picker
        dock = window.add_dock_widget(widget, name="ours")
    picker.open_manifest(file)
    until(lambda: (picker.model or "").startswith("preview:"))
    dock.destroyOnClose()  # what napari's x does

def empty():
    dock = viewer.window.add_dock_widget(QWidget(), name="empty")
    wait(0.05)
    dock.destroyOnClose()

def left(what, times=int(sys.argv[4])):
    what()
    before = there_is()
    for _ in range(times):
        what()
        wait(0.02)
        collect()
    return there_is() - before

of_napari = left(empty)  # without an event loop, its docks stay
of_napari.update({kind: 1 for kind in of_napari})  # one may be late
of_us = left(ours) - of_napari
viewer.close()
assert not of_us, of_us
print("survived")
"""


@pytest.mark.viewer
@pytest.mark.parametrize("loop", ["loop", "no-loop"])
@pytest.mark.parametrize(("how", "times"), [("plugin", 25), ("own", 4), ("inside", 4)])
def test_nothing_is_left_of_docks_that_are_closed(
    how: str, times: int, loop: str, tmp_path: Path
) -> None:
    arguments = [str(tmp_path), how, loop, str(times)]
    command = [sys.executable, "-X", "faulthandler", "-c", LEAVES_NOTHING, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)

    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.endswith("survived\n")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(CLOSE_THE_DOCK, id="dock", marks=pytest.mark.viewer),
        pytest.param(CLOSE_A_PREVIEW, id="preview"),
    ],
)
def test_closing_does_not_end_the_program(script: str, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.endswith("survived\n")


@pytest.fixture
def no_collection() -> Iterator[None]:
    """Leave everything to who owns it: Python's collector does not run."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def there_is() -> Counter[str]:
    widgets = Counter(type(widget).__name__ for widget in QApplication.allWidgets())
    widgets["threads"] = threading.active_count()
    return widgets


@pytest.mark.viewer
def test_a_dock_that_is_closed_for_good_is_deleted_at_once(
    make_napari_viewer: Callable[..., Any], qtbot: QtBot, no_collection: None
) -> None:
    viewer = make_napari_viewer(show=True)

    def open_and_close() -> None:
        dock, picker = viewer.window.add_plugin_dock_widget(
            "napari-aiod-registry", "Model Registry"
        )
        qtbot.waitUntil(lambda: not picker._background._waiting)
        gone = []
        picker.destroyed.connect(gone.append)
        dock.destroyOnClose()
        qtbot.waitUntil(lambda: bool(gone))

    def left() -> Counter[str]:
        return there_is() - before

    open_and_close()
    before = there_is()
    for _ in range(3):
        open_and_close()
        qtbot.waitUntil(lambda: not left())


def test_a_dock_is_deleted_where_no_event_loop_runs(
    qtbot: QtBot, no_collection: None
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    picker = RegistryDock(ViewerModel())  # type: ignore[arg-type]
    gone = []
    picker.destroyed.connect(gone.append)
    dock = QDockWidget(window)
    dock.setWidget(picker)
    picker.setParent(None)

    for _ in range(3):
        QApplication.processEvents()

    assert gone


def test_a_dock_that_moves_into_another_window_stays(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    picker = RegistryDock(ViewerModel())  # type: ignore[arg-type]
    first, second = QDockWidget(window), QDockWidget(window)
    first.setWidget(picker)
    picker.setParent(None)
    second.setWidget(picker)
    qtbot.wait(20)

    assert picker.parent() is second
    assert picker.selection is not None


def closures(tree: ast.AST) -> Iterator[ast.Call]:
    """Go through the calls of ``connect`` and ``singleShot`` that take a closure."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inner = {
        node.name
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.FunctionDef) and node is not function
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        if call.func.attr not in ("connect", "singleShot"):
            continue
        for argument in call.args:
            is_lambda = isinstance(argument, ast.Lambda)
            is_inner = isinstance(argument, ast.Name) and argument.id in inner
            is_partial = isinstance(argument, ast.Call) and (
                getattr(argument.func, "id", getattr(argument.func, "attr", ""))
                == "partial"
            )
            if is_lambda or is_inner or is_partial:
                yield call


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_closure_is_connected_to_a_signal(path: Path) -> None:
    found = [
        f"{path.name}:{call.lineno}: {ast.unparse(call)} connects a closure, which "
        "Python may clear while Qt still calls it: connect a method."
        for call in closures(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "timer.timeout.connect(lambda: 1)",
        "timer.timeout.connect(partial(print, 1))",
        "timer.timeout.connect(functools.partial(print, 1))",
        "QTimer.singleShot(0, lambda: 1)",
        "def outer():\n    def inner(): ...\n    self.destroyed.connect(inner)",
    ],
)
def test_the_search_for_closures_finds_them(line: str) -> None:
    assert list(closures(ast.parse(line)))
    assert not list(closures(ast.parse("timer.timeout.connect(self.look)")))
