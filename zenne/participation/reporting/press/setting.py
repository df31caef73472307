"""Run as a program of its own: `setting.py FOLDER FONTS SECONDS` makes FOLDER/page.pdf of FOLDER/page.typ."""

import sys
from datetime import UTC, datetime
from pathlib import Path


def main(folder: Path, fonts: Path, seconds: int) -> None:
    import typst  # noqa: PLC0415 - only this program needs it in memory

    compiler = typst.Compiler(
        folder / "page.typ", root=folder, font_paths=[fonts], ignore_system_fonts=True, package_path=folder
    )
    compiler.compile(
        output=folder / "page.pdf",
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.fromtimestamp(seconds, UTC),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
