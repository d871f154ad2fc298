from django.apps import AppConfig


class CashConfig(AppConfig):
    name = "motcua.cash"
    label = "cash"
