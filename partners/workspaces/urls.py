"""Addresses of workshops.

The pages that look at sheets (a workshop's home, activity, find) stand higher up; `overview.urls` puts both together
into the one namespace `workspaces`.
"""

from django.urls import include, path

from partners.workspaces.views import account, members, mine_css, organisations, sealing, settings, sharing

workspace_patterns = [
    path("w/<uuid:workspace_id>/members/", members.members, name="members"),
    path("w/<uuid:workspace_id>/members/<uuid:member_id>/", members.member, name="member"),
    path("w/<uuid:workspace_id>/members/<uuid:member_id>/removal/", members.removal, name="member-removal"),
    path("w/<uuid:workspace_id>/leaving/", members.leaving, name="leaving"),
    path("w/<uuid:workspace_id>/codes/", sharing.codes, name="codes"),
    path("w/<uuid:workspace_id>/links/", sharing.links, name="links"),
    path("w/<uuid:workspace_id>/rooms/", sharing.rooms, name="rooms"),
    path("w/<uuid:workspace_id>/invitations/<uuid:invitation_id>/revocation/", sharing.revocation, name="revocation"),
    path("w/<uuid:workspace_id>/device/", sharing.device, name="device"),
    path("w/<uuid:workspace_id>/companies/", organisations.organisations, name="organisations"),
    path("w/<uuid:workspace_id>/companies/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path(
        "w/<uuid:workspace_id>/companies/<uuid:organisation_id>/removal/",
        organisations.organisation_removal,
        name="organisation-removal",
    ),
    path("w/<uuid:workspace_id>/partnerships/", organisations.partnerships, name="partnerships"),
    path("p/<uuid:partnership_id>/state/", organisations.partnership, name="partnership"),
    path("p/<uuid:partnership_id>/removal/", organisations.partnership_removal, name="partnership-removal"),
    path("p/<uuid:partnership_id>/seal/", sealing.seal, name="seal"),
    path("p/<uuid:partnership_id>/reveal/", sealing.reveal, name="reveal"),
    path("p/<uuid:partnership_id>/look/", sealing.look, name="look"),
    path("p/<uuid:partnership_id>/invite/", sharing.invite, name="invite"),
    path("w/<uuid:workspace_id>/settings/", settings.settings, name="settings"),
    path("w/<uuid:workspace_id>/evidence/", settings.evidence, name="evidence"),
    path("w/<uuid:workspace_id>/meanings/", settings.meanings, name="meanings"),
    path("w/<uuid:workspace_id>/archive/", settings.archive, name="archive"),
    path("w/<uuid:workspace_id>/deletion/", settings.deletion, name="deletion"),
    path("w/<uuid:workspace_id>/restoration/", settings.restoration, name="restoration"),
    path("w/<uuid:workspace_id>/copy/", settings.copy, name="copy"),
]

people_patterns = (
    [
        path("", account.me, name="me"),
        path("deletion/", account.deletion, name="deletion"),
        path("<uuid:workspace_id>/name/", account.my_name, name="my-name"),
        path("<uuid:workspace_id>/forgetting/", account.forget, name="forget"),
    ],
    "people",
)

urlpatterns = [
    path("me.css", mine_css.me_css, name="me-css"),
    path("me/", include(people_patterns)),
]
