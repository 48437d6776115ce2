/**
 * Quantile of Student's t for a two-sided interval: the t with P(|T| ≤ t) = `confidence`.
 * G. W. Hill, "Algorithm 396: Student's t-quantiles", CACM 13 (1970); exact for 1 and 2 degrees of freedom.
 *
 * @param degrees degrees of freedom, ≥ 1
 */
export function studentT(degrees: number, confidence = 0.95): number {
  const tail = 1 - confidence;
  if (degrees === 1) return 1 / Math.tan((tail * Math.PI) / 2);
  if (degrees === 2) return Math.sqrt(2 / (tail * (2 - tail)) - 2);
  const a = 1 / (degrees - 0.5);
  const b = 48 / (a * a);
  let c = ((20700 * a) / b - 98) * a - 16;
  c = c * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * degrees;
  let x = d * tail;
  let y = x ** (2 / degrees);
  if (y > 0.05 + a) {
    x = normalQuantile(tail / 2);
    y = x * x;
    if (degrees < 5) c += 0.3 * (degrees - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = a * y * y;
    y = y > 0.002 ? Math.expm1(y) : 0.5 * y * y + y;
  } else {
    y =
      ((1 / (((degrees + 6) / (degrees * y) - 0.089 * d - 0.822) * (degrees + 2) * 3) + 0.5 / (degrees + 4)) *
        y -
        1) *
        ((degrees + 1) / (degrees + 2)) +
      1 / y;
  }
  return Math.sqrt(degrees * y);
}

/** Lower-tail quantile of the standard normal (P. J. Acklam's rational approximation, relative error below 1.2e-9). */
function normalQuantile(p: number): number {
  const low = 0.02425;
  const tail = (q: number): number => {
    const r = Math.sqrt(-2 * Math.log(q));
    return (
      (((((-7.784894002430293e-3 * r - 0.3223964580411365) * r - 2.400758277161838) * r - 2.549732539343734) *
        r +
        4.374664141464968) *
        r +
        2.938163982698783) /
      ((((7.784695709041462e-3 * r + 0.3224671290700398) * r + 2.445134137142996) * r + 3.754408661907416) *
        r +
        1)
    );
  };
  if (p < low) return tail(p);
  if (p > 1 - low) return -tail(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598868) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}
