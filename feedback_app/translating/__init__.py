"""The work of translating: gathering what there is to translate, bringing catalogues up to date, checking them."""
