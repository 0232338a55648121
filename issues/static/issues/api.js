// The interface of the API's description, drawn from the description itself.
"use strict";
(() => {
  const place = document.querySelector("[data-schema]");
  window.SwaggerUIBundle({ domNode: place, url: place.dataset.schema, deepLinking: true, validatorUrl: null });
})();
