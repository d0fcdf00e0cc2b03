"""Paper (纸上的样子): a filled form as a PDF that looks as the form does, to be printed, signed and sealed."""

from .typeset import in_pdf

__all__ = ["in_pdf"]
