"""Addresses of the pages. A process is named by its slug; its pages hang below it."""

from django.urls import path

from issues.views import converters  # noqa: F401 -- has them known
from issues.views.access_page import access_page
from issues.views.accounts.urls import urlpatterns as accounts
from issues.views.actors import actor_page, actors_page
from issues.views.analysis import analysis_page, forecast_page
from issues.views.briefs import actor_brief, issue_brief, summit_brief, summits_brief
from issues.views.changes import changes_csv, changes_feed, changes_page
from issues.views.correct import (
    correct_event_page,
    correct_outcome_page,
    correct_position_page,
    correct_source_page,
    correct_statement_page,
    new_event_page,
    new_outcome_page,
)
from issues.views.data import data_file, data_page
from issues.views.download import download_file, download_page
from issues.views.embed import embed_page
from issues.views.history.pages import history_page
from issues.views.history.take_back import restore_version_page, undo_edit_page
from issues.views.home import home
from issues.views.importing import (
    import_file_page,
    import_page,
    import_plan_page,
    import_refused,
    import_template_file,
)
from issues.views.issues import issue_page, issues_page
from issues.views.jobs import job_page
from issues.views.log.about import about_page, new_actor_page
from issues.views.log.cell import save_cell_page, save_source_page
from issues.views.log.coders import compare_page, finish_page
from issues.views.log.details import (
    details_page,
    join_page,
    leave_page,
)
from issues.views.log.publication import mark_silent_page, preview_page, reopen_page, undo_page
from issues.views.log.sheet import sheet_page
from issues.views.log.sources import source_form_page, sources_found
from issues.views.log.state import state_of_sheet
from issues.views.matrix import matrix_page
from issues.views.people import people_page, person_page
from issues.views.permalinks import cell_page, position_page, statement_page
from issues.views.pictures import picture_file
from issues.views.releases import (
    edit_release_page,
    new_release_page,
    release_changes_file,
    release_changes_page,
    release_file,
    release_metadata,
    release_page,
    releases_page,
)
from issues.views.review import position_review_page
from issues.views.scenarios.assess import assess_page, resolve_page
from issues.views.scenarios.build import (
    edit_scenario_page,
    edit_signpost_page,
    new_scenario_page,
    new_set_page,
    new_signpost_page,
)
from issues.views.scenarios.consistency import consistency_page, judge_page
from issues.views.scenarios.pages import scenario_page, scenario_set_page, scenario_sets_page
from issues.views.search import search_page
from issues.views.sources import source_page, sources_file, sources_page
from issues.views.start import new_actors_page, new_issues_page, new_process_page
from issues.views.summits import summit_page, summits_page
from issues.views.summits_edit import edit_summit_page, new_summit_page

urlpatterns = [
    path("", home, name="home"),
    *accounts,
    path("search/", search_page, name="search"),
    path("new/", new_process_page, name="new-process"),
    path("history/job/<key:pk>/", job_page, name="job"),
    path("history/<str:model>/<key:pk>/", history_page, name="history"),
    path("history/<str:model>/<key:pk>/<key:row>/undo/", undo_edit_page, name="history-undo"),
    path("history/<str:model>/<key:pk>/<key:row>/restore/", restore_version_page, name="history-restore"),
    path("<str:process>/", matrix_page, name="matrix"),
    path("<str:process>/summits/", summits_page, name="summits"),
    path("<str:process>/summits/brief.docx", summits_brief, name="summits-brief"),
    path("<str:process>/summits/new/", new_summit_page, name="new-summit"),
    path("<str:process>/summits/<str:slug>/", summit_page, name="summit"),
    path("<str:process>/summits/<str:slug>/edit/", edit_summit_page, name="edit-summit"),
    path("<str:process>/summits/<str:slug>/brief.docx", summit_brief, name="summit-brief"),
    *(
        path(f"<str:process>/summits/<str:slug>/log/{address}", view, name=name)
        for address, view, name in (
            ("", sheet_page, "log"),
            ("cell/<key:actor>/<key:issue>/", save_cell_page, "log-cell"),
            ("row/<key:actor>/", save_source_page, "log-source"),
            ("row/<key:actor>/new-source/", source_form_page, "log-new-source"),
            ("state/", state_of_sheet, "log-state"),
            ("sources/", sources_found, "log-sources"),
            ("about/", about_page, "log-about"),
            ("actors/new/", new_actor_page, "log-new-actor"),
            ("join/", join_page, "log-join"),
            ("leave/", leave_page, "log-leave"),
            ("details/<key:actor>/<key:issue>/", details_page, "log-details"),
            ("preview/", preview_page, "log-preview"),
            ("silent/", mark_silent_page, "log-silent"),
            ("reopen/", reopen_page, "log-reopen"),
            ("undo/", undo_page, "log-undo"),
            ("finish/", finish_page, "log-finish"),
            ("compare/", compare_page, "log-compare"),
        )
    ),
    path("<str:process>/import/", import_page, name="import"),
    path("<str:process>/import/positions.xlsx", import_template_file, name="import-template"),
    path("<str:process>/import/<key:pk>/", import_file_page, name="import-file"),
    path("<str:process>/import/<key:pk>/plan/", import_plan_page, name="import-plan"),
    path("<str:process>/import/<key:pk>/refused.csv", import_refused, name="import-refused"),
    path("<str:process>/issues/", issues_page, name="issues"),
    path("<str:process>/issues/new/", new_issues_page, name="new-issues"),
    path("<str:process>/issues/<str:slug>/", issue_page, name="issue"),
    path("<str:process>/issues/<str:slug>/brief.docx", issue_brief, name="issue-brief"),
    path("<str:process>/issues/<str:slug>/forecast/", forecast_page, name="issue-forecast"),
    path("<str:process>/consistency/", consistency_page, name="consistency"),
    path("<str:process>/consistency/judge/", judge_page, name="judge"),
    path("<str:process>/analysis/", analysis_page, name="analysis"),
    path("<str:process>/actors/", actors_page, name="actors"),
    path("<str:process>/actors/new/", new_actors_page, name="new-actors"),
    path("<str:process>/actors/<str:slug>/", actor_page, name="actor"),
    path("<str:process>/actors/<str:slug>/brief.docx", actor_brief, name="actor-brief"),
    path("<str:process>/people/", people_page, name="people"),
    path("<str:process>/people/<str:slug>/", person_page, name="person"),
    path("<str:process>/changes/", changes_page, name="changes"),
    path("<str:process>/changes.csv", changes_csv, name="changes-csv"),
    *(
        path(f"<str:process>/changes.{form}", changes_feed, {"form": form}, f"changes-{form}")
        for form in ("atom", "json")
    ),
    *(
        path(f"<str:process>/scenarios/{address}", view, name=name)
        for address, view, name in (
            ("", scenario_sets_page, "scenario-sets"),
            ("new/", new_set_page, "new-scenario-set"),
            ("<str:slug>/", scenario_set_page, "scenario-set"),
            ("<str:slug>/new/", new_scenario_page, "new-scenario"),
            ("<str:slug>/assess/", assess_page, "assess"),
            ("<str:slug>/resolve/", resolve_page, "resolve"),
            ("<str:slug>/<str:scenario>/", scenario_page, "scenario"),
            ("<str:slug>/<str:scenario>/edit/", edit_scenario_page, "edit-scenario"),
            ("<str:slug>/<str:scenario>/signs/new/", new_signpost_page, "new-signpost"),
            ("<str:slug>/<str:scenario>/signs/<key:pk>/", edit_signpost_page, "edit-signpost"),
        )
    ),
    path("<str:process>/positions/<key:pk>/", position_page, name="position"),
    path("<str:process>/statements/<key:pk>/", statement_page, name="statement"),
    path("<str:process>/at/<str:summit>/<str:actor>/<str:issue>/", cell_page, name="cell"),
    path("<str:process>/positions/<key:pk>/review/", position_review_page, name="review"),
    *(
        path(f"<str:process>/{kind}s/<key:pk>/correct/", view, name=f"correct-{kind}")
        for kind, view in (
            ("position", correct_position_page),
            ("statement", correct_statement_page),
            ("source", correct_source_page),
            ("outcome", correct_outcome_page),
            ("event", correct_event_page),
        )
    ),
    path("<str:process>/events/new/", new_event_page, name="new-event"),
    path("<str:process>/summits/<str:slug>/outcomes/new/", new_outcome_page, name="new-outcome"),
    path("<str:process>/access/", access_page, name="access"),
    path("<str:process>/data/", data_page, name="data"),
    *(
        path(f"<str:process>/data/<str:table>.{end}", data_file, {"form": form}, f"data-{form}")
        for form, end in (
            ("description", "metadata.json"),
            ("csv", "csv"),
            ("json", "json"),
            ("xlsx", "xlsx"),
        )
    ),
    path("<str:process>/download/", download_page, name="download"),
    path("<str:process>/download/package.zip", download_file, name="download-package"),
    *(
        path(f"<str:process>/releases/{address}", view, name=name)
        for address, view, name in (
            ("", releases_page, "releases"),
            ("new/", new_release_page, "new-release"),
            ("<str:number>/", release_page, "release"),
            ("<str:number>/package.zip", release_file, "release-file"),
            ("<str:number>/changes/", release_changes_page, "release-changes"),
            ("<str:number>/changes.csv", release_changes_file, "release-changes-file"),
            ("<str:number>/datacite.<str:form>", release_metadata, "release-metadata"),
            ("<str:number>/edit/", edit_release_page, "edit-release"),
        )
    ),
    *(
        path(f"<str:process>/{address}.<form:form>", picture_file, {"picture": picture}, name)
        for address, picture, name in (
            ("matrix", "matrix", "matrix-picture"),
            ("rail", "rail", "rail-picture"),
            ("analysis/convergence", "convergence", "convergence-picture"),
            ("issues/<str:issue>/ladder", "ladder", "issue-ladder"),
            ("issues/<str:issue>/steps", "steps", "issue-steps"),
            ("issues/<str:issue>/distance", "distance", "issue-distance"),
            ("scenarios/<str:slug>/<str:scenario>/probability", "probability", "probability-picture"),
        )
    ),
    path("<str:process>/embed/matrix/", embed_page, {"picture": "matrix"}, "embed-matrix"),
    path("<str:process>/embed/issues/<str:issue>/ladder/", embed_page, {"picture": "ladder"}, "embed-ladder"),
    path("<str:process>/embed/issues/<str:issue>/steps/", embed_page, {"picture": "steps"}, "embed-steps"),
    path("<str:process>/sources/", sources_page, name="sources"),
    *(
        path(f"<str:process>/sources.{form}", sources_file, {"form": form}, f"sources-{form}")
        for form in ("ris", "bib", "json")
    ),
    path("<str:process>/sources/<key:pk>/", source_page, name="source"),
]
