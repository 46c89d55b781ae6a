"""The archive's addresses, and a results page as Haystack's manual makes one."""

from django.urls import include, path
from haystack.forms import FacetedSearchForm
from haystack.generic_views import FacetedSearchView
from haystack.query import SearchQuerySet

from benchmarks.peers.peer import FACETS


class StockSearch(FacetedSearchView):
    """Twenty results with highlights, five facets."""

    template_name = "stock_search.html"
    form_class = FacetedSearchForm
    facet_fields = FACETS
    paginate_by = 20

    def get_queryset(self) -> SearchQuerySet:
        found = SearchQuerySet(using="stock").load_all()
        for name in self.facet_fields:
            found = found.facet(name)
        return found


urlpatterns = [path("stock/", StockSearch.as_view()), path("", include("newsarchive.urls"))]
