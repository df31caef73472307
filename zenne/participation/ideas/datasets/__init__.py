"""What can be taken away of ideas as a file: by the staff whose they are, and by everyone."""

from zenne.opendata.exports.kinds import datasets

from .desk import DESK
from .public import COMMENTS, IDEAS, SUPPORTS

datasets.register("ideas.desk", DESK)
datasets.register("ideas", IDEAS)
datasets.register("comments", COMMENTS)
datasets.register("supports", SUPPORTS)
