"""Two pages that stand alone, without the theme: the way in at the root of the site, and the page shown where there is none."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from evidence.ledger.citation import book
from evidence.markup import Html, html, joined
from evidence.site.foot import foot
from evidence.site.machine.identity import icon, palette
from evidence.site.publication import Publication


def missing(edition: Publication, order: list[tuple[str, str]]) -> str:
    """Return the page for addresses where nothing stands. It asks for no other file, and its links work at any depth.

    Args:
        edition: The edition.
        order: Name and title of the front page and of every chapter in reading order.
    """
    root = urlsplit(edition.url).path
    items = joined((html('<li><a href="{}{}.html">{}</a></li>', root, name, title) for name, title in order), "\n")
    body = html(
        """<p class="book"><a href="{0}chapters/index.html">{1}{2}</a></p>
<h1>There is no page here</h1>
<p>The address may be mistyped, or it led to something that has moved. Records keep their addresses: a number is found again in
<a href="{0}chapters/ledger.html">the ledger</a>, whatever became of the sentence around it.</p>
<form role="search" action="{0}search.html" method="get">
<label for="q">Search the book</label>
<span><input type="search" id="q" name="q" required><button>Search</button></span>
</form>
<nav aria-label="Chapters"><h2>Chapters</h2>
<ul>
{3}
</ul></nav>
<footer>{4}</footer>""",
        *(root, Html(icon(32, 'aria-hidden="true"')), book().name, items, foot(book(), f"{root}chapters/", edition)),
    )
    return _page(f"There is no page here — {book().name}", Html('<meta name="robots" content="noindex">'), body)


def entrance(edition: Publication, head: str) -> str:
    """Return the page at the root of the site, which leads on to the front page.

    Args:
        edition: The edition.
        head: Tags for programs, as on the front page.
    """
    refresh = Html('<meta http-equiv="refresh" content="0; url=chapters/index.html">')
    canonical = html('<link rel="canonical" href="{}chapters/index.html">', edition.url)
    body = html('<h1>{}</h1>\n<p><a href="chapters/index.html">Read the report</a></p>', book().name)
    return _page(book().title, joined([refresh, canonical, Html(head)], "\n"), body)


def moved(to: str, reason: str) -> str:
    """Return the page at an address that a page of the book has left: it leads on to where that is now, or tells that it is no more.

    Args:
        to: Where it is now, beside this one; the front page where it is no more.
        reason: Why, in words.
    """
    title = "This page has moved" if to != "index.html" else "This page has been taken out"
    refresh = html(
        '<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="{}; url={}">', 0 if to != "index.html" else 30, to
    )
    script = html("<script>location.replace({}+location.hash)</script>", Html(f'"{to}"')) if to != "index.html" else Html("")
    body = html('<h1>{}</h1>\n<p>{}</p>\n<p><a href="{}">Read on</a></p>', title, reason, to)
    return _page(f"{title} — {book().name}", joined([refresh, script], "\n"), body)


def _page(title: str, head: Html, body: Html) -> str:
    return html(
        """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<link rel="icon" href="data:image/svg+xml,{}">
{}
<style>
{}</style>
</head>
<body>
<main>
{}
</main>
</body>
</html>
""",
        *(title, quote(icon(32, "")), head, Html(_style()), body),
    )


def _style() -> str:
    light, dark = ("".join(f"--{name}:{colour};" for name, colour in colours.items()) for colours in palette())
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        "body{margin:0;background:var(--paper);color:var(--ink);font:1.1rem/1.6 Georgia,'Times New Roman',serif}\n"
        "main{max-width:38rem;margin:0 auto;padding:8vh 1.25rem 4rem}\n"
        "h1,h2,label,button{font-family:'Gill Sans','Segoe UI',system-ui,sans-serif}\n"
        ".book a{display:inline-flex;gap:.6rem;align-items:center;text-decoration:none;font:600 1.1rem 'Gill Sans','Segoe UI',system-ui,sans-serif}\n"
        "h1{font-size:2.1rem;line-height:1.15}\n"
        "h2{font-size:1.1rem;margin-top:2.4rem}\n"
        "a{color:var(--accent);text-underline-offset:.18em}\n"
        "ul{padding-left:1.1rem}li{padding:.2rem 0}\n"
        "footer{margin-top:3rem;border-top:1px solid var(--quiet);font-size:.9rem}dt{font-weight:600}dd{margin:0 0 .5rem}\n"
        "label{display:block;margin:1.6rem 0 .4rem}\n"
        "form span{display:flex;gap:.5rem}\n"
        "input{flex:1;min-width:0;font:inherit;padding:.5rem .7rem;border:1px solid var(--quiet);border-radius:.3rem;background:var(--wash);color:inherit}\n"
        "button{font-size:1rem;padding:.5rem 1rem;border:1px solid var(--accent);border-radius:.3rem;background:var(--accent);color:var(--paper)}\n"
        ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}\n"
    )
