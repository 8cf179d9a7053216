"""Prove a published site: build it again from the sources that it publishes beside itself, and compare byte by byte."""

from evidence.editions.sceptic.comparing import differences
from evidence.editions.sceptic.published_site import Published, folder_site
from evidence.editions.sceptic.register import enter
from evidence.editions.sceptic.site_proof import SiteProof, compared, expected, prove_site
