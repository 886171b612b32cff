"""Writes one worksheet the way exports look: shared strings, sparse rows, merged titles.

A cell is None, a str, Number, Serial (a date as Excel stores it), Rich (a string in two runs) or
Inline (a string kept in the sheet itself).
"""

import zipfile
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

ZIP_TIME = (2026, 3, 10, 12, 28, 0)
EPOCH = datetime(1899, 12, 30)
STYLE_PLAIN, STYLE_DATE, STYLE_TITLE, STYLE_HEADER = 0, 1, 2, 3


@dataclass
class Number:
    text: str


@dataclass
class Serial:
    at: datetime
    styled: bool = True

    def text(self):
        return repr(round((self.at - EPOCH).total_seconds() / 86400, 10))


@dataclass
class Rich:
    text: str


@dataclass
class Inline:
    text: str


def column_name(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Strings:
    def __init__(self):
        self.places, self.total = {}, 0

    def index(self, xml):
        self.total += 1
        return self.places.setdefault(xml, len(self.places))

    def document(self):
        body = "".join(f"<si>{xml}</si>" for xml in self.places)
        return (f'{HEAD}<sst xmlns="{MAIN}" count="{self.total}" uniqueCount="{len(self.places)}">'
                f"{body}</sst>")


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def text_xml(text):
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{keep}>{escape(text)}</t>"


def rich_xml(text):
    half = len(text) // 2
    return (f"<r>{text_xml(text[:half])}</r>"
            f'<r><rPr><b/><sz val="11"/></rPr>{text_xml(text[half:])}</r>')


def cell_xml(place, cell, strings, style):
    if cell is None:
        return f'<c r="{place}" s="{style}"/>' if style else ""
    if isinstance(cell, Number):
        return f'<c r="{place}"><v>{cell.text}</v></c>'
    if isinstance(cell, Serial):
        mark = f' s="{STYLE_DATE}"' if cell.styled else ""
        return f'<c r="{place}"{mark}><v>{cell.text()}</v></c>'
    if isinstance(cell, Inline):
        return f'<c r="{place}" t="inlineStr"><is>{text_xml(cell.text)}</is></c>'
    xml = rich_xml(cell.text) if isinstance(cell, Rich) else text_xml(cell)
    return f'<c r="{place}" s="{style}" t="s"><v>{strings.index(xml)}</v></c>'


def sheet_xml(titles, header, rows, blank_rows, strings):
    last = column_name(len(header) - 1)
    lines = [([title], STYLE_TITLE) for title in titles] + [(header, STYLE_HEADER)]
    lines += [(row, STYLE_PLAIN) for row in rows]
    out = []
    for number, (cells, style) in enumerate(lines, 1):
        body = "".join(cell_xml(f"{column_name(i)}{number}", cell, strings, style)
                       for i, cell in enumerate(cells))
        out.append(f'<row r="{number}">{body}</row>')
    for number, cells in enumerate(blank_rows, len(lines) + 1):
        body = "".join(cell_xml(f"{column_name(i)}{number}", cell, strings, STYLE_HEADER)
                       for i, cell in enumerate(cells))
        out.append(f'<row r="{number}">{body}</row>')
    merged = "".join(f'<mergeCell ref="A{n}:{last}{n}"/>' for n in range(1, len(titles) + 1))
    return (f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:{last}{len(out)}"/>'
            f'<sheetData>{"".join(out)}</sheetData>'
            f'<mergeCells count="{len(titles)}">{merged}</mergeCells></worksheet>')


STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d\\ h:mm"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>\
<font><b/><sz val="14"/><name val="宋体"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
</styleSheet>"""

TYPES = f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>""" + "".join(
    f'<Override PartName="/xl/{part}" ContentType="application/vnd.openxmlformats-officedocument.'
    f'spreadsheetml.{kind}+xml"/>' for part, kind in (
        ("workbook.xml", "sheet.main"), ("worksheets/sheet1.xml", "worksheet"),
        ("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings"))) + "</Types>"

ROOT = (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')

LINKS = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
    f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    for n, (kind, target) in enumerate((("worksheet", "worksheets/sheet1.xml"),
                                        ("styles", "styles.xml"),
                                        ("sharedStrings", "sharedStrings.xml")), 1)
) + "</Relationships>"


def write(path, sheet_name, titles, header, rows, blank_rows):
    strings = Strings()
    sheet = sheet_xml(titles, header, rows, blank_rows, strings)
    book = (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{sheet_name}" sheetId="1" r:id="rId1"/></sheets></workbook>')
    parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT), ("xl/workbook.xml", book),
             ("xl/_rels/workbook.xml.rels", LINKS), ("xl/styles.xml", STYLES),
             ("xl/sharedStrings.xml", strings.document()), ("xl/worksheets/sheet1.xml", sheet)]
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts:
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, text.encode("utf-8"), compresslevel=6)
