"""Refresh: ask producers for newer releases and draw candidate vintages from them; the only room that uses the network."""

from evidence.refresh.asking import Outcome, Request, check_request, refresh
from evidence.refresh.connectors import connectors
from evidence.refresh.overlaying import summary
from evidence.refresh.store import last_checked
from evidence.refresh.transport import Limits
