// Draws the diagrams, which the renderer leaves as text, by the Mermaid that the build puts beside this file.
const besideThis = document.currentScript.src;
document.addEventListener('DOMContentLoaded', () => {
  const texts = document.querySelectorAll('pre > code.language-mermaid');
  if (texts.length === 0) {
    return;
  }
  const library = document.createElement('script');
  library.src = new URL('mermaid.min.js', besideThis).href;
  library.onload = () => {
    for (const text of texts) {
      const diagram = document.createElement('div');
      diagram.className = 'mermaid';
      diagram.textContent = text.textContent;
      text.parentElement.replaceWith(diagram);
    }
    mermaid.initialize({ startOnLoad: false, theme: 'neutral' });
    mermaid.run();
  };
  document.head.append(library);
});
