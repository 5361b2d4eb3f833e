"""Types into a workbook in LibreOffice as a person does, and saves it in several formats.

Run by the Python that has LibreOffice's `uno`, not by that of the tests. One job as JSON on standard
input: ``open`` a workbook, ``type`` [sheet, cell, text] into it, put ``pictures`` [sheet, cell, path] on its
cells, ``save`` it as [path, filter], ``read`` [sheet, cell] as shown. Answers with the texts read, as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

LONGEST = 180
"""Seconds for one job."""


def value(name, content):
    """One named argument of an office command."""
    told = PropertyValue()
    told.Name, told.Value = name, content
    return told


def connected(pipe, office):
    """The office's component context, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if office.poll() is not None:
                break
            time.sleep(0.25)
    sys.exit("soffice does not answer")


def entered(context, document, cells):
    """Go to each cell and enter its text, by the commands that the keyboard gives."""
    manager = context.ServiceManager
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    controller = document.CurrentController
    for sheet, cell, text in cells:
        controller.setActiveSheet(document.Sheets.getByName(sheet))
        dispatcher.executeDispatch(controller.Frame, ".uno:GoToCell", "", 0, (value("ToPoint", cell),))
        told = (value("StringName", text),)
        dispatcher.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, told)


def shown(context, document, place, path):
    """Put a picture on a cell, 2 cm wide and 8 mm high."""
    sheet = document.Sheets.getByName(place[0])
    cell = sheet.getCellRangeByName(place[1])
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.graphic.GraphicProvider", context
    )
    shape = document.createInstance("com.sun.star.drawing.GraphicObjectShape")
    sheet.DrawPage.add(shape)
    shape.Graphic = provider.queryGraphic((value("URL", Path(path).as_uri()),))
    shape.Anchor = cell
    size = uno.createUnoStruct("com.sun.star.awt.Size")
    size.Width, size.Height = 2000, 800
    shape.setSize(size)
    shape.setPosition(cell.Position)


def done(context, job):
    """The job, with the document closed whatever comes."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(Path(job["open"]).as_uri(), "_blank", 0, ())
    try:
        entered(context, document, job["type"])
        for sheet, cell, path in job.get("pictures", ()):
            shown(context, document, (sheet, cell), path)
        document.calculate()
        for path, kind in job["save"]:
            document.storeToURL(Path(path).as_uri(), (value("FilterName", kind),))
        sheets = document.Sheets
        return [sheets.getByName(sheet).getCellRangeByName(cell).String for sheet, cell in job["read"]]
    finally:
        document.close(True)  # noqa: FBT003 - the interface takes it by place


def main():
    """Start an office of our own, do the job, and end it."""
    profile, pipe = sys.argv[1], sys.argv[2]
    home = f"-env:UserInstallation={Path(profile).as_uri()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(["soffice", home, "--headless", "--norestore", accept], start_new_session=True)
    end = threading.Timer(LONGEST, os.killpg, (office.pid, signal.SIGKILL))  # with all that it started
    end.daemon = True
    end.start()
    try:
        context = connected(pipe, office)
        told = done(context, json.load(sys.stdin))
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.terminate()
        office.wait(30)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)
    json.dump(told, sys.stdout, ensure_ascii=False)


main()
