/**
 * The slider over a sheet's changes follows the sheet: how many there are stands on the moment shown beside it, which
 * is drawn anew when others change something. The thumb moves only where no moment was chosen: that is *now*.
 *
 *     <input type="range" id="step" max="12" value="12"> … <div id="moment" data-steps="13" data-step="13" data-now>
 */
export function startMoments() {
  const slider = document.querySelector(".slide input[type=range]")
  if (!slider) return
  const follow = () => {
    const { steps, step, now } = document.getElementById("moment")?.dataset ?? {}
    if (steps === undefined) return
    slider.max = steps
    if (now !== undefined) slider.value = step
  }
  document.body.addEventListener("htmx:afterSwap", follow)
}
