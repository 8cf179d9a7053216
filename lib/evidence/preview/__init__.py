"""The page an author looks at while writing: one chapter as the site will show it, with what must be mended marked at its words."""

from evidence.preview.serving import Served
from evidence.preview.session import Preview
