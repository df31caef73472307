from django.urls import path

from .views import invitation, leading, minutes, page, work

app_name = "juries"
urlpatterns = [
    path("juries/invitation/<uuid:key>/", invitation.invitation, name="invitation"),
    path("processes/<slug:process>/juries/<int:pk>/", page.page, name="page"),
    path("processes/<slug:process>/juries/<int:pk>/work/", work.work, name="work"),
    path("processes/<slug:process>/juries/<int:pk>/work/leave/", work.leave, name="leave"),
    path("processes/<slug:process>/juries/<int:pk>/work/<int:candidate>/", work.assess, name="assess"),
    path("processes/<slug:process>/juries/<int:pk>/work/<int:candidate>/save/", work.autosave, name="autosave"),
    path("processes/<slug:process>/juries/<int:pk>/work/<int:candidate>/conflict/", work.conflict, name="conflict"),
    path("processes/<slug:process>/juries/<int:pk>/deliberation/", leading.deliberation, name="deliberation"),
    path("processes/<slug:process>/juries/<int:pk>/deliberation/statement/", leading.statement, name="statement"),
    path("processes/<slug:process>/juries/<int:pk>/deliberation/<int:candidate>/", leading.candidate, name="candidate"),
    path("processes/<slug:process>/juries/<int:pk>/minutes.pdf", minutes.pdf, name="minutes_pdf"),
    path("processes/<slug:process>/juries/<int:pk>/minutes.xlsx", minutes.xlsx, name="minutes_xlsx"),
]
