import KernelInterface

/// Elementary functions for the host's few scalars, from the same polynomials as the kernels: the same bits on every system.
public enum Elementary {
    /// Natural logarithm; errors as the Double kernel's.
    public static func logarithm(_ x: Double) -> Double {
        var result = 0.0
        withUnsafeBytes(of: x) { source in
            withUnsafeMutableBytes(of: &result) { table.logarithm($0.baseAddress!, source.baseAddress!, 0, 1) }
        }
        return result
    }

    /// cos(pi x) for 0 <= x <= 1; absolute error about 2e-16, exact at 0, 1/2 and 1.
    ///
    /// Source: the sine's Taylor series up to t^25 with t = pi (1/2 - x), which leaves less than 1e-20.
    public static func cosineOfHalfTurns(_ x: Double) -> Double {
        if x == 0 || x == 1 { return 1 - 2 * x }
        let t = Double.pi * (0.5 - x)
        var sum = 0.0
        for n in stride(from: 24.0, through: 2, by: -2) { sum = t * t / (n * (n + 1)) * (-1 - sum) }
        return t + t * sum
    }

    private static let table = KernelTable.of(.float64)

    /// The standard normal quantile, the inverse of its distribution function, for 0 < p < 1; relative error about 1e-16.
    ///
    /// Source: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988), PPND16.
    public static func normalQuantile(_ p: Double) -> Double {
        let q = p - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * polynomial(r, central.numerator) / polynomial(r, central.denominator)
        }
        let r = (-logarithm(q < 0 ? p : 1 - p)).squareRoot()
        let tail = r <= 5 ? near : far
        let value = polynomial(r - (r <= 5 ? 1.6 : 5), tail.numerator) / polynomial(r - (r <= 5 ? 1.6 : 5), tail.denominator)
        return q < 0 ? -value : value
    }

    private typealias Rational = (numerator: [Double], denominator: [Double])

    private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }

    private static let central: Rational = (
        [
            3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4,
            6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
        ],
        [
            1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
            2.8729085735721942674e4, 5.2264952788528545610e3,
        ]
    )
    private static let near: Rational = (
        [
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258,
            2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
        ],
        [
            1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
            5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ]
    )
    private static let far: Rational = (
        [
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
            1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ],
        [
            1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
            1.84631831751005468180e-5,
            1.42151175831644588870e-7, 2.04426310338993978564e-15,
        ]
    )
}
