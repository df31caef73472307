from django.urls import path

from .feeds import IdeaVoices, ProcessIdeas
from .views import authoring, embedding, files, listing, page, voices, writing

app_name = "ideas"
urlpatterns = [
    path("ideas/<int:pk>/", page.forward, name="short"),
    path("embed/ideas/<int:pk>/", embedding.widget, name="widget"),
    path("processes/<slug:slug>/ideas.atom", ProcessIdeas(), name="feed"),
    path("processes/<slug:process>/ideas/", listing.listing, name="list"),
    path("processes/<slug:process>/ideas/new/", writing.begin, name="new"),
    path("processes/<slug:process>/ideas/new/save/", writing.autosave, name="autosave"),
    path("processes/<slug:process>/ideas/new/similar/", writing.similar, name="similar"),
    path("processes/<slug:process>/ideas/new/discard/", writing.discard, name="discard"),
    path("processes/<slug:process>/ideas/new/files/<uuid:upload>/describe/", writing.describe, name="describe"),
    path("processes/<slug:process>/ideas/new/files/<uuid:upload>/remove/", writing.remove, name="remove"),
    path("processes/<slug:process>/ideas/new/<str:step>/", writing.step, name="step"),
    path("processes/<slug:process>/ideas/<int:pk>/", page.page, name="page"),
    path("processes/<slug:process>/ideas/<int:pk>/embed/", embedding.code, name="embed"),
    path("processes/<slug:process>/ideas/<int:pk>/voices.atom", IdeaVoices(), name="voices_feed"),
    path("processes/<slug:process>/ideas/<int:pk>/support/", voices.support, name="support"),
    path("processes/<slug:process>/ideas/<int:pk>/oppose/", voices.oppose, name="oppose"),
    path("processes/<slug:process>/ideas/<int:pk>/edit/", authoring.edit, name="edit"),
    path("processes/<slug:process>/ideas/<int:pk>/withdraw/", authoring.withdraw, name="withdraw"),
    path("processes/<slug:process>/ideas/<int:pk>/merge/<int:merge>/", authoring.consent, name="consent"),
    path("processes/<slug:process>/ideas/<int:pk>/versions/", page.versions, name="versions"),
    path("processes/<slug:process>/ideas/<int:pk>/print/", page.sheet, name="print"),
    path("processes/<slug:process>/ideas/<int:pk>/share.png", files.picture, name="picture"),
    path("processes/<slug:process>/ideas/<int:pk>/qr.svg", files.qr, name="qr"),
]
