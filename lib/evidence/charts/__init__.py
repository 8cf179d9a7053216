"""Charts: declared as rows of `charts.csv`, drawn only from figures, findings, cases, spaces and recommendations of the library."""

from evidence.charts import downloads
from evidence.charts.data import ChartData, chart_data, gather, strip_links
from evidence.charts.drawing import VEGA_LITE, bundle, layouts, lean, painted, plain_text
from evidence.charts.outlines import shapes
