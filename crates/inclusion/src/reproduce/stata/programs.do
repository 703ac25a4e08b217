* --- Programs ---
* A column: as a number in __n (missing where it is none) and as a text in __s (empty where blank).
capture program drop look_at
program define look_at
    args name decimal thousands
    capture drop __n
    capture drop __s
    capture confirm string variable `name'
    if _rc == 0 {
        quietly gen __s = strtrim(`name')
        quietly gen __t = __s
        if "`thousands'" != "" quietly replace __t = subinstr(__t, "`thousands'", "", .)
        if "`decimal'" != "" quietly replace __t = subinstr(__t, "`decimal'", ".", 1)
        quietly gen double __n = real(__t)
        drop __t
    }
    else {
        quietly gen double __n = `name'
        quietly gen __s = cond(__n == ., "", "#")
    }
end
* What nothing covers is an error.
capture program drop covered
program define covered
    args variable what
    quietly count if missing(`variable')
    if r(N) > 0 {
        display as error "`what': " r(N) " rows have a value that is not mapped"
        exit 459
    }
end
* PSUs less strata that hold rows of the domain __d (1 or 0).
capture program drop domain_df
program define domain_df, rclass
    capture drop __tu
    capture drop __ts
    quietly egen byte __tu = tag(stratum psu) if __d
    quietly egen byte __ts = tag(stratum) if __d
    quietly count if __tu == 1
    return scalar psus = r(N)
    local psus = r(N)
    quietly count if __ts == 1
    return scalar df = `psus' - r(N)
end
* Degrees of freedom of the domain __d by the rule of the study; . is infinite.
capture program drop degrees
program define degrees, rclass
    if "$df_rule" == "infinite" {
        return scalar df = .
        exit
    }
    capture drop __keep
    quietly gen byte __keep = __d
    if "$df_rule" == "full" quietly replace __d = w > 0
    if "$replicates" != "" {
        mata: st_numscalar("__rank", rank(st_data(., tokens(st_global("replicates")), "__d")))
        return scalar df = max(scalar(__rank) - 1, 0)
    }
    else {
        domain_df
        return scalar df = r(df)
    }
    quietly replace __d = __keep
end
capture program drop critical
program define critical, rclass
    args df
    return scalar t = cond(missing(`df'), invnormal(1 - (1 - $conf) / 2), invttail(`df', (1 - $conf) / 2))
end
* The interval of a share on the scale of the study; n counts all rows of the domain.
capture program drop share_interval
program define share_interval, rclass
    args p se n df ends
    local a = (1 - $conf) / 2
    if missing(`se') | `df' < 1 {
        return scalar lower = .
        return scalar upper = .
        exit
    }
    critical `df'
    local t = r(t)
    local v = `p' * (1 - `p')
    local k = `n'
    if "$method" == "beta" & !`ends' {
        local rest = `n' - 1
        critical `rest'
        local k = `v' / (`se')^2 * (r(t) / `t')^2
    }
    if "$method" == "beta" | `ends' {
        return scalar lower = cond(`p' > 0, invibeta(`k' * `p', `k' * (1 - `p') + 1, `a'), 0)
        return scalar upper = cond(`p' < 1, invibetatail(`k' * `p' + 1, `k' * (1 - `p'), `a'), 1)
    }
    else if "$method" == "wilson" {
        local k = `v' / (`se')^2
        local h = sqrt(`v' / `k' + (`t')^2 / (4 * (`k')^2))
        return scalar lower = (`p' + (`t')^2 / (2 * `k') - `t' * `h') / (1 + (`t')^2 / `k')
        return scalar upper = (`p' + (`t')^2 / (2 * `k') + `t' * `h') / (1 + (`t')^2 / `k')
    }
    else if "$method" == "mean" {
        return scalar lower = `p' - `t' * `se'
        return scalar upper = `p' + `t' * `se'
    }
    else if "$method" == "asin" {
        local h = `t' * `se' / (2 * sqrt(`v'))
        return scalar lower = sin(max(asin(sqrt(`p')) - `h', 0))^2
        return scalar upper = sin(min(asin(sqrt(`p')) + `h', _pi / 2))^2
    }
    else {
        return scalar lower = invlogit(logit(`p') - `t' * `se' / `v')
        return scalar upper = invlogit(logit(`p') + `t' * `se' / `v')
    }
end
* One figure: statistic of a variable in the rows where an expression holds.
capture program drop figure
program define figure, rclass
    args label id statistic group where population
    capture drop __d
    quietly gen byte __d = `id'_base & (`where') & w > 0
    quietly count if __d
    local n = r(N)
    return scalar n = `n'
    if `n' == 0 exit
    quietly count if `id'_base & (`where')
    local all = r(N)
    if "`statistic'" == "ratio" {
        quietly summarize `id'_x if __d
        if r(sum) == 0 {
            return scalar n = 0
            exit
        }
        quietly svy, subpop(__d): ratio (r: `id' / `id'_x)
    }
    else if "`statistic'" == "total" quietly svy, subpop(__d): total `id'
    else quietly svy, subpop(__d): mean `id'
    matrix b = e(b)
    matrix V = e(V)
    local value = b[1, 1]
    local se = sqrt(V[1, 1])
    degrees
    local df = r(df)
    * The standard error of 0 of a mean in one unit tells nothing.
    if "`statistic'" != "total" & "$replicates" == "" {
        domain_df
        if r(psus) == 1 local se = .
    }
    if "`statistic'" == "proportion" {
        quietly summarize `id' if __d
        local ends = r(sum) == 0 | r(sum) == `n'
        share_interval `value' `se' `all' `df' `ends'
        local lower = r(lower)
        local upper = r(upper)
    }
    else {
        critical `df'
        local lower = cond(missing(`se') | `df' < 1, ., `value' - r(t) * `se')
        local upper = cond(missing(`se') | `df' < 1, ., `value' + r(t) * `se')
    }
    post results ("`label'") ("`group'") ("level") (`value') (`se') (`lower') (`upper') (`df') (`n')
    if "`population'" != "" post results ("`label'") ("`group'") ("headcount") (`value' * `population') ///
        (`se' * `population') (`lower' * `population') (`upper' * `population') (`df') (`n')
    return scalar value = `value'
    return scalar se = `se'
end
* Women and men of one domain as two ratios, so that their covariance is known: _b[F] and _b[M].
capture program drop both
program define both, rclass
    args id statistic where women men
    foreach s in F M {
        local is = cond("`s'" == "F", "`women'", "`men'")
        capture drop __y`s'
        capture drop __x`s'
        local x = cond("`statistic'" == "ratio", "`id'_x", "1")
        quietly gen double __y`s' = cond(sex == `is', `id', 0)
        quietly gen double __x`s' = cond(sex == `is', `x', 0)
    }
    capture drop __d
    quietly gen byte __d = `id'_base & (`where') & inlist(sex, $sexes) & w > 0
    quietly count if __d
    return scalar n = r(N)
    quietly count if `id'_base & (`where') & inlist(sex, $sexes)
    return scalar all = r(N)
    quietly svy, subpop(__d): ratio (F: __yF / __xF) (M: __yM / __xM)
    matrix b = e(b)
    matrix V = e(V)
    degrees
    return scalar df = r(df)
    matrix colnames b = F M
    matrix rownames V = F M
    matrix colnames V = F M
    ereturn post b V
end
* A measure between women and men after `both'. Stata takes the slopes of nlcom numerically.
capture program drop measure
program define measure
    args label group name expression scale divisor share n df unknown
    local F = _b[F]
    local M = _b[M]
    if `share' & `F' == 0 & `M' == 0 & !inlist("`name'", "user_difference", "women_to_parity", "excess_offline") exit
    if "`divisor'" != "" {
        if (`divisor') == 0 exit
    }
    quietly nlcom (x: `expression')
    matrix e = r(b)
    matrix W = r(V)
    local value = e[1, 1]
    local se = cond(`unknown', ., sqrt(W[1, 1]))
    critical `df'
    local t = r(t)
    if inlist("`scale'", "log", "adjusted") {
        local lower = `value' * exp(-`t' * `se' / `value')
        local upper = `value' * exp(`t' * `se' / `value')
    }
    else if "`scale'" == "log_less_one" {
        local lower = (`value' + 1) * exp(-`t' * `se' / (`value' + 1)) - 1
        local upper = (`value' + 1) * exp(`t' * `se' / (`value' + 1)) - 1
    }
    else {
        local lower = `value' - `t' * `se'
        local upper = `value' + `t' * `se'
    }
    if "`scale'" == "adjusted" {
        foreach one in lower upper {
            if ``one'' > 1 local `one' = 2 - 1 / (``one'')
        }
        if `value' > 1 {
            local se = `se' / (`value')^2
            local value = 2 - 1 / `value'
        }
    }
    local bounded = `share' & (min(`F', `M') <= 0 | max(`F', `M') >= 1)
    if missing(`se') | `df' < 1 | (`se' == 0 & `bounded') | ///
        (`F' == 0 & inlist("`name'", "relative_gap", "parity", "adjusted_parity")) {
        local lower = .
        local upper = .
    }
    post results ("`label'") ("`group'") ("`name'") (`value') (`se') (`lower') (`upper') (`df') (`n')
end
* Women and men together after `both', in the population's mix of them.
capture program drop together
program define together
    args label group women men share n all df unknown level headcount
    local N = `women' + `men'
    quietly lincom `women' / `N' * _b[F] + `men' / `N' * _b[M]
    local value = r(estimate)
    local se = cond(`unknown', ., r(se))
    if `share' {
        local ends = `value' <= 0 | `value' >= 1
        share_interval `value' `se' `all' `df' `ends'
        local lower = r(lower)
        local upper = r(upper)
    }
    else {
        critical `df'
        local lower = `value' - r(t) * `se'
        local upper = `value' + r(t) * `se'
    }
    if `level' post results ("`label'") ("`group'") ("level") (`value') (`se') (`lower') (`upper') (`df') (`n')
    if `headcount' post results ("`label'") ("`group'") ("headcount") (`value' * `N') (`se' * `N') ///
        (`lower' * `N') (`upper' * `N') (`df') (`n')
end
