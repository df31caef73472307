"""A viewset as somebody would write it who never heard of organisations: the proof that the isolation test sees one."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from zenne.config import urls
from zenne.people.access.models import Group


class Forgetful(ModelViewSet):
    model = Group
    name = "forgetful"
    form_fields = ["organisation", "name"]


planted = Forgetful()
_screens = decorate_urlpatterns(planted.get_urlpatterns(), require_admin_access)
urlpatterns = [path("manage/forgetful/", include((_screens, "forgetful"))), *urls.urlpatterns]
