"""Shapes and constraints of procedures, their papers, fees and routes, and of who offers them."""

from motcua.catalog.models.exchange import CatalogueFile
from motcua.catalog.models.fees import Fee, FeeExemption
from motcua.catalog.models.offerings import Change, ChangeKind, Offering, TakenOver
from motcua.catalog.models.papers import PaperKind, PaperRequirement
from motcua.catalog.models.procedures import LifeEvent, OnlineLevel, Procedure, ProcedureVersion
from motcua.catalog.models.routes import Route, RouteStep, RouteTask

__all__ = [
    "CatalogueFile",
    "Change",
    "ChangeKind",
    "Fee",
    "FeeExemption",
    "LifeEvent",
    "Offering",
    "OnlineLevel",
    "PaperKind",
    "PaperRequirement",
    "Procedure",
    "ProcedureVersion",
    "Route",
    "RouteStep",
    "RouteTask",
    "TakenOver",
]
