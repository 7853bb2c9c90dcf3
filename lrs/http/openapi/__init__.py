"""What the service offers, as an OpenAPI 3.1 document: a module per family of resources."""
