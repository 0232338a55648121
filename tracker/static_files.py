"""How assets are served: compressed, under names that change with their contents."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A script asks for those that it imports by such names too, which Django leaves off by itself."""

    support_js_module_import_aggregation = True
