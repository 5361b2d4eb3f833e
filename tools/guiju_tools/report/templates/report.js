(() => {
  const bar = document.getElementById("filter");
  const buttons = [...bar.querySelectorAll("button")];
  const requirements = [...document.querySelectorAll(".requirement")];
  const said = document.getElementById("shown");
  const show = (wanted) => {
    let count = 0;
    for (const item of requirements) {
      item.hidden = wanted !== "" && item.dataset.outcome !== wanted;
      count += item.hidden ? 0 : 1;
    }
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === wanted));
    said.textContent = `显示 ${count} 条，共 ${requirements.length} 条`;
  };
  const reveal = () => {
    const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (goal && goal.hidden) { show(""); goal.scrollIntoView(); }
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.value));
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details.columns")) folded.open = true;
  });
  bar.hidden = false;
  show("");
})();
