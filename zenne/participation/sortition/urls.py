from django.urls import path

from .feeds import ProcessDraws
from .views import answer, draws, pages, seat

app_name = "sortition"
LOT = "processes/<slug:process>/lots/<int:pk>/"
DRAW = f"{LOT}draws/<int:number>/"
urlpatterns = [
    path("lots/<int:pk>/", answer.short, name="short"),
    path("processes/<slug:slug>/lots.atom", ProcessDraws(), name="feed"),
    path(LOT, pages.page, name="page"),
    path(f"{LOT}answer/", answer.answer, name="answer"),
    path(f"{LOT}seats/<uuid:key>/", seat.seat, name="seat"),
    path(DRAW, draws.draw, name="draw"),
    path(f"{DRAW}commitment/", draws.commitment, name="commitment"),
    path(f"{DRAW}hall/", draws.hall, name="hall"),
    path(f"{DRAW}draw.txt", draws.text, name="text"),
    path(f"{DRAW}files/<str:name>", draws.file, name="file"),
    path(f"{DRAW}bundle.zip", draws.bundle, name="bundle"),
]
