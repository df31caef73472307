from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "zenne.opendata.statistics"
    label = "statistics"
