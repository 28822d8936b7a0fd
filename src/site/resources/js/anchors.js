// Gives each heading the id that GitHub gives it, which links of the manual use, because the renderer gives none.
document.addEventListener('DOMContentLoaded', () => {
  for (const heading of document.querySelectorAll('h2, h3')) {
    heading.id = heading.textContent.toLowerCase().replace(/[^a-z0-9 -]/g, '').replace(/ /g, '-');
  }
  if (location.hash) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
});
