// Redoc's search makes its worker with eval, which the content policy refuses; without workers it searches in the page.
window.Worker = undefined;
