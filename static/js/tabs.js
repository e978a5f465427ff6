// On a narrow screen the tab one is at can lie outside the row: bring it into sight.
each(".tabs__tab[aria-current]", (tab) => {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});
