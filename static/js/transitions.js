// The picture of the card that was clicked grows into the product's first picture, where browsers can do it.
// The product's picture has the same name in the style sheet; two of one name would cancel the transition.
addEventListener("pageswap", (event) => {
  if (!event.viewTransition || !event.activation?.entry?.url || find(".gallery")) return;
  const { pathname } = new URL(event.activation.entry.url);
  const link = findAll(".card__link").find((card) => card.pathname === pathname);
  const picture = link && find(".card__picture", link.closest(".card"));
  if (!picture) return;
  picture.style.viewTransitionName = "product-picture";
  event.viewTransition.finished.finally(() => { picture.style.viewTransitionName = ""; });
});
