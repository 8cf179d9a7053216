"""JupyterLab on the chapters: what it saves has the form that is committed, and it asks nobody on the network for anything."""

import json
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "lib"))

from evidence.form import canonical, committed, written  # noqa: E402


def committed_form(model, path, contents_manager, **_more):
    """Write a chapter as `evidence format` would. Should that fail, the author's work is saved as it is, and the gate names what is wrong."""
    try:
        if model["type"] == "notebook":
            model["content"] = json.loads(canonical(written(model["content"])))
        elif path.strip("/").startswith("chapters/") and path.endswith(".md") and "chunk" not in model:
            model["content"] = committed(model["content"], notebook=False)
    except Exception:
        contents_manager.log.exception("%s is saved, but not in its committed form; run: evidence format", path)


c = get_config()  # noqa: F821 - JupyterLab provides it
# The server reads its configuration twice, and would say each time that it overrides the hook with itself.
warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")
c.FileContentsManager.pre_save_hook = committed_form
c.ServerApp.root_dir = str(ROOT)
# Charts look as on the site: custom.css takes its style sheet from the second folder.
c.ServerApp.tornado_settings = {"static_custom_path": [str(ROOT / ".lab" / "custom"), str(ROOT / "lib" / "evidence" / "site" / "static")]}
c.LabApp.custom_css = True
c.LabApp.app_settings_dir = str(ROOT / ".lab" / "settings")
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
