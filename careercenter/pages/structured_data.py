"""What search engines read on the front page: whose board this is, and how to search it."""

from careercenter.listings.structured_data import CONTEXT, Data


def website(base_url: str) -> Data:
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "CareerCenter",
        "url": f"{base_url}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{base_url}/jobs?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def organization(base_url: str) -> Data:
    return {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": "CareerCenter",
        "url": f"{base_url}/",
    }
