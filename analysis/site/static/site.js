// Three conveniences. Every page works without them: the reader's own zone beside UTC, a button that copies a citation, a chart as PNG.
"use strict";
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const local = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: zone });
for (const time of document.querySelectorAll("time[datetime]")) time.title = `${local.format(new Date(time.dateTime))}, ${zone}`;
const said = document.getElementById("zone");
if (said && zone && zone !== "UTC") said.textContent = `; point at a time to see it in ${zone}`;
for (const pre of document.querySelectorAll(".cite pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(pre.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  pre.after(button);
}
for (const link of document.querySelectorAll("a[data-png]")) {
  const png = document.createElement("a");
  png.href = link.href;
  png.textContent = "PNG";
  png.addEventListener("click", async (event) => {
    event.preventDefault();
    const words = await (await fetch(link.href)).text();
    const picture = new Image();
    picture.src = URL.createObjectURL(new Blob([words], { type: "image/svg+xml" }));
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1280, 600];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const save = document.createElement("a");
    save.href = canvas.toDataURL("image/png");
    save.download = link.dataset.png + ".png";
    save.click();
  });
  link.after(" · ", png);
}
