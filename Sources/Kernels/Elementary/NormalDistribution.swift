/// The standard normal distribution function and density, accurate in the lower tail too (relative error below 8 ulp; 4 ulp above -1.25).
///
/// Numerics: near 0, 1/2 + x P(x^2). Beyond |x| = 1.25, the tail is e^(-x^2/2) Q(u) / (|x| + 3) with u = (|x| - 3) / (|x| + 3), Q a Chebyshev
/// fit of Mills' ratio, and the rounding error of x^2 is put back. It serves gelu: x Φ(x) = x (1 + erf(x / √2)) / 2.
@inline(__always)
func normalDistribution(_ x: Lanes) -> (cumulative: Lanes, density: Lanes) {
    let absolute = clamp(magnitude(x), 0, 40)
    let square = absolute * absolute
    let rest = (-square).addingProduct(absolute, absolute)
    let e = exponential(square * -0.5)
    let corrected = e.addingProduct(e, rest * -0.5)
    let inverse = 1 / (absolute + 3)
    let tail = corrected * millsRatio((absolute - 3) * inverse) * inverse
    let outer = select(x .< splat(0), tail, 1 - tail)
    let inner = splat(0.5).addingProduct(x, normalNearZero(x * x))
    let isInner = absolute .< splat(1.25)
    let cumulative = select(x .!= x, x, select(isInner, inner, outer))
    return (cumulative, corrected * 0.39894228040143268)
}

/// (Φ(x) - 1/2) / x as a polynomial in z = x^2 < 1.5625.
@inline(__always)
private func normalNearZero(_ z: Lanes) -> Lanes {
    #if FLOAT64
    var p = splat(5.6802630834711765e-15)
    horner(&p, z, -2.018378743434211e-13)
    horner(&p, z, 5.086244009163987e-12)
    horner(&p, z, -1.1296836231203942e-10)
    horner(&p, z, 2.2734810706891737e-09)
    horner(&p, z, -4.1226636379659244e-08)
    horner(&p, z, 6.659693315637992e-07)
    horner(&p, z, -9.44465625234917e-06)
    horner(&p, z, 0.00011543468761451653)
    horner(&p, z, -0.0011873282154802307)
    horner(&p, z, 0.009973557010035801)
    horner(&p, z, -0.06649038006690544)
    horner(&p, z, 0.3989422804014327)
    #else
    var p = splat(4.769278802996268e-07)
    horner(&p, z, -9.062471690413076e-06)
    horner(&p, z, 0.00011503931455081329)
    horner(&p, z, -0.00118711544200778)
    horner(&p, z, 0.009973501786589622)
    horner(&p, z, -0.06649037450551987)
    horner(&p, z, 0.3989422917366028)
    #endif
    return p
}

@inline(__always)
private func millsRatio(_ u: Lanes) -> Lanes {
    #if FLOAT64
    var q = splat(5.589761054211516e-07)
    horner(&q, u, -1.8861978982103175e-06)
    horner(&q, u, 5.093743375064173e-07)
    horner(&q, u, 2.7390355838185654e-06)
    horner(&q, u, 3.1537533603905495e-06)
    horner(&q, u, -3.4957424075577043e-06)
    horner(&q, u, -2.05622300527159e-05)
    horner(&q, u, -1.3281751214527253e-05)
    horner(&q, u, 7.87981863317298e-05)
    horner(&q, u, 0.00015440135033392753)
    horner(&q, u, -0.0002565746742467856)
    horner(&q, u, -0.0010458292219160809)
    horner(&q, u, 0.0010275922599188097)
    horner(&q, u, 0.006972621266117953)
    horner(&q, u, -0.010462867024202332)
    horner(&q, u, -0.04726302514345813)
    horner(&q, u, 0.23001771997462028)
    horner(&q, u, -0.5093319819174867)
    horner(&q, u, 0.7290836901333729)
    #else
    var q = splat(-0.0009702323586679995)
    horner(&q, u, 0.0008670256938785315)
    horner(&q, u, 0.006965219043195248)
    horner(&q, u, -0.01042969897389412)
    horner(&q, u, -0.04726262763142586)
    horner(&q, u, 0.23001545667648315)
    horner(&q, u, -0.5093320608139038)
    horner(&q, u, 0.7290837168693542)
    #endif
    return q
}
