from django.urls import path

from .views import joining, page, room, talk, texts

app_name = "panels"
AT = "processes/<slug:process>/panels/<int:pk>/"
ROOM = f"{AT}room/"
DRAFT = f"{ROOM}texts/<int:draft>/"
urlpatterns = [
    path("panels/join/", joining.join, name="join"),
    path(AT, page.page, name="page"),
    path(ROOM, room.room, name="room"),
    path(f"{ROOM}agenda/", room.agenda, name="agenda"),
    path(f"{ROOM}agenda/<int:meeting>/", room.meeting, name="meeting"),
    path(f"{ROOM}documents/", room.papers, name="papers"),
    path(f"{ROOM}documents/<int:paper>/", room.paper, name="paper"),
    path(f"{ROOM}my-seat/", room.me, name="me"),
    path(f"{ROOM}my-seat/leave/", room.leave, name="leave"),
    path(f"{ROOM}discussions/", talk.threads, name="threads"),
    path(f"{ROOM}discussions/new/", talk.new_thread, name="new_thread"),
    path(f"{ROOM}discussions/<int:thread>/", talk.thread, name="thread"),
    path(f"{ROOM}words/<int:post>/", talk.post, name="post"),
    path(f"{ROOM}polls/", talk.polls, name="polls"),
    path(f"{ROOM}polls/new/", talk.new_poll, name="new_poll"),
    path(f"{ROOM}polls/<int:poll>/", talk.poll, name="poll"),
    path(f"{ROOM}texts/", texts.drafts, name="drafts"),
    path(f"{ROOM}texts/new/", texts.new_draft, name="new_draft"),
    path(DRAFT, texts.draft, name="draft"),
    path(f"{DRAFT}paragraphs/new/", texts.paragraph, name="new_paragraph"),
    path(f"{DRAFT}paragraphs/<slug:key>/", texts.paragraph, name="paragraph"),
    path(f"{DRAFT}paragraphs/<slug:key>/amend/", texts.propose, name="propose"),
    path(f"{DRAFT}versions/", texts.versions, name="versions"),
    path(f"{DRAFT}versions/<int:number>/restore/", texts.restore, name="restore"),
    path(f"{DRAFT}amendments/<int:amendment>/", texts.amendment, name="amendment"),
]
