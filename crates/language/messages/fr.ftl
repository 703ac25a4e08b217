## Chrome of the documents
contents = Table des matières
tables = Tableaux
findings = Principaux résultats
to-the-findings = Aller aux principaux résultats
filter-rows = Filtrer les lignes
table-number = Tableau { $name }
table-title = Tableau { $name }. { $title }
table-title-continued = Tableau { $name }. { $title } (suite)
figure-number = Figure { $name }
figure-title = Figure { $name }. { $title }
figure-data = Données de la figure { $name }
made-with = Produit avec inclusion { $name }
methods-hash = Méthodes { $name }
made-line = Produit avec inclusion { $name1 }. Méthodes { $name2 }.
cover = Couverture
notes = Notes
definitions-methods-notes = Définitions, méthodes et notes
lower-end = { $title }, borne inférieure
upper-end = { $title }, borne supérieure
no-finding = Aucun résultat n’a pu être énoncé.
between = { $figure1 } à { $figure2 }
percent = { $figure } %
untranslated-note = Les textes sans traduction figurent en { $language }.
language-en = anglais

## Groups, quantities, units
women = femmes
men = hommes
total = total
both-sexes = les deux sexes
all = ensemble
group = groupe
area = zone
year = année
years = années
survey = enquête
indicator = indicateur
producer = producteur
coverage = champ
persons = personnes
households = ménages
units = unités
points = points
per-cent = pour cent
percent-word = pour cent
thousands = milliers
millions = millions
gap = écart
relative-gap = écart relatif
parity = parité
adjusted-parity = parité ajustée
level = niveau
head-count = effectif
non-response = non-réponse
change = évolution
change-of-the-gap = évolution de l’écart
difference = différence
difference-of-gaps = différence d’écarts
ratio = rapport
ratio-of-parities = rapport de parités
relative-difference = différence relative
logarithm-of-the-ratio = logarithme du rapport
difference-in-persons = différence en nombre de personnes
more-men-than-women = excédent d’hommes
women-missing-for-parity = femmes manquant pour la parité
womens-excess-without = surplus de femmes sans la caractéristique
rates = taux
gaps = écarts
relative-gaps = écarts relatifs
changes = évolutions
differences = différences
logarithms-of-ratios = logarithmes de rapports
ratios = rapports
verdict = verdict
nature = nature
women-behind = femmes en retard
men-behind = hommes en retard
at-parity = parité

## Heads of columns
head-of-those-without = { $what } des personnes sans la caractéristique ({ $unit })
head-of-those-without-plain = { $what } des personnes sans la caractéristique
head-unit = { $what } ({ $unit })
head-percent-unit = { $what } (%)
more-men-than-women-persons = excédent d’hommes (personnes)
women-missing-for-parity-persons = femmes manquant pour la parité (personnes)
in-persons = (personnes)
persons-in = personnes ({ $unit })
nonresponse-of = non-réponse, { $group } (%)
item-nonresponse-percent = non-réponse partielle (%)
interval-head = intervalle à { $figure }
interval-head-of = intervalle à { $figure }, { $group }
standard-error = erreur type
coefficient-of-variation = coefficient de variation (%)
design-effect = effet de plan
effective-cases = observations effectives
effective-n = n effectif
unweighted-cases = observations non pondérées
weighted-cases = observations pondérées
unweighted-count = effectif non pondéré
weighted-count = effectif pondéré
deff = deff
deft = deft
se = ET
se-r = ET/R
se-small = et
se-r-small = et/r
r-minus = R−2ET
r-plus = R+2ET
r-minus-small = r−2et
r-plus-small = r+2et
weighted-n = n pondéré
cv = CV (%)
wn = NP
rse = ETR (%)

## Absences
no-one-interviewed = aucune personne de ce groupe n’a été interrogée
no-one-of-either-group = aucune personne de l’un ou l’autre groupe n’a été interrogée
no-weight = aucune personne de ce groupe n’a un poids supérieur à zéro
no-ratio-men-zero = pas de rapport, car le taux des hommes est nul
no-ratio-second-zero = pas de rapport, car le second chiffre est nul
no-logarithm = pas de logarithme, car un chiffre est nul
one-missing = l’un des deux chiffres manque
one-unavailable = une enquête ne peut pas fournir l’un des deux chiffres
no-one-either-sex = personne de l’un ou l’autre sexe
women-zero-no-logarithm = le taux des femmes est nul, il n’y a donc pas de logarithme
survey-cannot = l’enquête ne peut pas fournir cet indicateur
population-not-known = la population n’est pas connue
not-applicable-measure = la mesure ne s’applique pas à cet indicateur
part-absent = il n’y a pas de chiffre pour les femmes ou pour les hommes
coverage-too-low = les pays disposant de chiffres représentent une trop faible part de la population
calibration-negative = le calage a donné à ce groupe des poids négatifs et un chiffre hors de son échelle
se-not-known = l’erreur type n’est pas connue
se-not-known-or-zero = l’erreur type n’est pas connue, ou l’estimation est nulle
no-interval = aucun intervalle n’a pu être calculé
no-cv = pas de coefficient de variation d’un zéro
not-asked-for = cette étude ne l’a pas demandé
deff-not-known = l’effet de plan n’est pas connu
not-known = non connu
no-figure = pas de chiffre
not-available = non disponible
not-settled = non fixé
withheld = masqué

## Reasons of suppression
too-few-cases = trop peu d’observations
small-count = trop peu de personnes ayant ou n’ayant pas la caractéristique
relative-error = erreur type relative trop grande
wide-interval = intervalle trop large, ou trop peu d’observations effectives
precision-unknown = sa précision n’est pas connue
contributions-unknown = les montants de chaque répondant ne sont pas connus
unaudited = les tableaux sont trop grands pour établir ce qui pourrait être déduit
complement = un autre chiffre masqué pourrait en être déduit
derived = calculé à partir d’un chiffre masqué
withheld-rules = Masqué : { $rules }, ou chiffre dont un tel chiffre pourrait être déduit.
withheld-none = Masqué : aucun chiffre.
unreliable-none = Faible fiabilité : aucun chiffre n’est signalé.
unreliable-rules = Faible fiabilité : { $rules }.
low-reliability = faible fiabilité
fewer-than-cases = moins de { $number } observations non pondérées
cases-between = { $figure } à { $number } observations non pondérées
rules-or = { $first } ; ou { $rest }

## Intervals
t-logit = intervalle t sur l’échelle logit
t-log = intervalle t sur l’échelle logarithmique
t-asin = intervalle t sur l’échelle arc sinus
t-mean = valeur ± t × erreur type
wilson = Wilson avec le nombre effectif d’observations
korn-graubard = Korn-Graubard
profile-likelihood = vraisemblance profilée
woodruff = intervalle de Woodruff
confidence-intervals = Intervalles de confiance à { $figure } : { $kinds }.
kind-of-interval-rates = taux, { $method }
kind-of-interval-gaps = écarts, { $method }

## Notes
zero = Zéro.
negligible = Non nul, et inférieur à la moitié de l’unité imprimée.
zero-or-negligible = Zéro, ou inférieur à la moitié de l’unité imprimée.
note-gap = Écart : hommes moins femmes ; au-dessus de zéro, les femmes sont en retard.
note-gap-lower = Ici, une valeur plus faible est préférable. Écart : femmes moins hommes ; au-dessus de zéro, les femmes sont en retard.
note-complement = Ici, une valeur plus faible est préférable : l’écart et la parité portent sur la part des femmes et des hommes sans la caractéristique.
note-gap-rounding = Les écarts sont calculés avant arrondi.
note-parity = Parité : femmes rapportées aux hommes ; au-dessous de un, les femmes sont en retard.
note-adjusted = Parité ajustée : au-dessus de un, deux moins le rapport des hommes aux femmes.
note-range = Parité selon les seuils « { $set } » : { $of } de { $figure1 } à { $figure2 }, bornes comprises
note-cases = Les observations sont les réponses non pondérées de la base.
note-population = Les chiffres qui nécessitent une population la tiennent pour connue sans erreur.
note-bold = Gras : s’écarte de l’égalité entre femmes et hommes de plus que son intervalle ; les chiffres de faible fiabilité ne le sont jamais.
note-clustering = les erreurs types et les intervalles ne reflètent que l’effet des poids inégaux ; l’effet de grappe n’est pas pris en compte
point-verdict = le verdict est celui de l’estimation ponctuelle ; l’intervalle du rapport contient aussi des valeurs donnant un autre verdict
approximated = approximation : { $proxy }
approximated-plain = approximation
survey-covers = l’enquête couvre : { $base }
population-known = population tenue pour connue sans erreur : { $population }
nature-codes = Nature selon les codes de la base de données ODD de l’ONU : { $codes }
nature-c = C { $what }
nature-ca = CA { $what }
nature-na = NA { $what }
nature-x = _X { $what }
nature-country = données du pays
nature-adjusted = données du pays ajustées
nature-global = suivi mondial
nature-modelled = modélisé
nature-irrelevant = sans objet
definition-draft = La définition est un projet : { $why }
definition-draft-plain = La définition est un projet
verdict-set = Verdict selon les seuils « { $set } » ({ $figure }, bornes comprises), appliqués avant arrondi ({ $of })
verdict-set-distance = Verdict selon les seuils « { $set } » (groupes selon la distance du rapport à un), appliqués avant arrondi ({ $of })
verdict-of-parity = parité
not-in-breakdown = { $number } lignes n’appartiennent à aucun groupe de « { $concept } » (sans objet) : elles ne figurent que dans les totaux.
not-in-breakdown-code = { $number } lignes n’appartiennent à aucun groupe de `{ $name }` (sans objet) : elles ne figurent que dans les totaux.
not-stated-one = 1 ligne n’indique pas « { $concept } » : elle ne figure dans aucune cellule d’une ventilation selon ce critère, mais dans tous les totaux qui n’en dépendent pas.
not-stated = { $number } lignes n’indiquent pas « { $concept } » : elles ne figurent dans aucune cellule d’une ventilation selon ce critère, mais dans tous les totaux qui n’en dépendent pas.
in-no-figure = { $number } lignes n’indiquent pas « { $concept } » : elles n’entrent dans aucun chiffre.
not-stated-code = { $number } lignes n’indiquent pas `{ $name }` : elles ne figurent dans aucune cellule d’une ventilation selon ce critère, mais dans tous les totaux qui n’en dépendent pas.
in-no-figure-code = { $number } lignes n’indiquent pas `{ $name }` : elles n’entrent dans aucun chiffre.
not-stated-one-code = 1 ligne n’indique pas `{ $name }` : elle ne figure dans aucune cellule d’une ventilation selon ce critère, mais dans tous les totaux qui n’en dépendent pas.
in-no-figure-one-code = 1 ligne n’indique pas `{ $name }` : elle n’entre dans aucun chiffre.
not-stated-some = Quelques lignes n’indiquent pas « { $concept } » : elles ne figurent dans aucune cellule d’une ventilation selon ce critère, mais dans tous les totaux qui n’en dépendent pas.
in-no-figure-some = Quelques lignes n’indiquent pas « { $concept } » : elles n’entrent dans aucun chiffre.
not-stated-some-code = Quelques lignes n’indiquent pas `{ $name }` : elles ne figurent dans aucune cellule d’une ventilation selon ce critère, mais dans tous les totaux qui n’en dépendent pas.
in-no-figure-some-code = Quelques lignes n’indiquent pas `{ $name }` : elles n’entrent dans aucun chiffre.

## Titles
of-figure = { $figure1 } sur { $figure2 }
base-of = { $unit } · { $base }
per-cent-of = en pourcentage · { $base }
place-and = { $place } · { $what }
by-breakdown = { $title }, par { $breakdown }
by-breakdown-of-two = { $title }, par { $first } et { $second }
by-breakdown-of-three = { $title }, par { $first }, { $second } et { $third }
by-breakdown-of-four = { $title }, par { $first }, { $second }, { $third } et { $fourth }
breakdowns-and = { $first } et { $rest }
list-of-three = { $first }, { $second } et { $third }
list-of-four = { $first }, { $second }, { $third } et { $fourth }
sources-of = Sources de « { $title } »
in-scope = dans le champ de l’enquête
areas-and-periods = { $number } zones et périodes
source-line = Source : { $sources }.
by-of = par { $what }
no-chart = Pas de graphique pour { $indicator } : aucune source ne dispose de chiffres.

## Findings
finding-levels = { $figure1 } des femmes et { $figure2 } des hommes { $statement } : { $end }
finding-levels-only = { $figure1 } des femmes et { $figure2 } des hommes { $statement }
in-place = { $what } ({ $place })
women-behind-by = les femmes sont en retard de { $by }
men-behind-by = les hommes sont en retard de { $by }
no-supported-difference = aucune différence que l’intervalle confirme, { $by }
no-interval-supports = avec un taux de { $figure }, aucun intervalle ne confirme une différence
points-interval = 
    { $number ->
         [one] { $number } point
        *[other] { $number } points
     } ({ $figure })
points-only = 
    { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
are-women = { $value } de : { $universe }, sont des femmes
are-women-more = { $value } de : { $universe }, sont des femmes, soit plus de la moitié
are-women-less = { $value } de : { $universe }, sont des femmes, soit moins de la moitié
value-interval = { $figure1 } ({ $figure2 })
women-less-likely = la part des femmes qui { $verb } est inférieure à celle des hommes dans { $among }
men-less-likely = la part des hommes qui { $verb } est inférieure à celle des femmes dans { $among }
women-more-likely = la part des femmes qui { $verb } est supérieure à celle des hommes dans { $among }
men-more-likely = la part des hommes qui { $verb } est supérieure à celle des femmes dans { $among }
women-behind-among = les femmes sont en retard sur les hommes dans { $among }
men-behind-among = les hommes sont en retard sur les femmes dans { $among }
among-both = les deux { $groups }
among-both-urban-rural = les zones tant urbaines que rurales
among-all = l’ensemble des { $number } { $groups }
among-all-age-groups = les { $number } groupes d’âge
among-all-wealth-quintiles = les { $number } quintiles de richesse
among-all-regions = les { $number } régions
among-some = { $number } des { $figure } { $groups }
among-some-age-groups = { $number } des { $number2 } groupes d’âge
among-some-wealth-quintiles = { $number } des { $number2 } quintiles de richesse
among-some-regions = { $number } des { $number2 } régions
among-reliable = { $number } des { $figure } { $groups } dont les chiffres sont fiables
among-reliable-age-groups = { $number } des { $number2 } groupes d’âge dont les chiffres sont fiables
among-reliable-wealth-quintiles = { $number } des { $number2 } quintiles de richesse dont les chiffres sont fiables
among-reliable-regions = { $number } des { $number2 } régions dont les chiffres sont fiables
among-any = l’ensemble des { $number } { $groups }
among-any-age-groups = aucun des { $number } groupes d’âge
among-any-wealth-quintiles = aucun des { $number } quintiles de richesse
among-any-regions = aucune des { $number } régions
among-any-reliable = l’ensemble des { $number } { $groups } dont les chiffres sont fiables
among-any-reliable-age-groups = aucun des { $number } groupes d’âge dont les chiffres sont fiables
among-any-reliable-wealth-quintiles = aucun des { $number } quintiles de richesse dont les chiffres sont fiables
among-any-reliable-regions = aucune des { $number } régions dont les chiffres sont fiables
among-either = les deux { $groups }
among-either-reliable = les deux { $groups } dont les chiffres sont fiables
among-either-age-groups = aucun des deux groupes d’âge
among-either-regions = aucune des deux régions
among-either-reliable-age-groups = aucun des deux groupes d’âge dont les chiffres sont fiables
among-either-reliable-regions = aucune des deux régions dont les chiffres sont fiables
no-difference-among = les intervalles ne confirment aucune différence entre femmes et hommes dans { $among }
gaps-run = { $start } ; les écarts vont { $run }, et les intervalles ne permettent pas de dire lequel est le plus grand
these-gaps-run = { $start } ; ces écarts vont { $run }, et les intervalles ne permettent pas de dire lequel est le plus grand
largest-in = { $start } ; l’écart est le plus grand pour : { $label }, { $by }
men-most-in = { $start } ; le retard des hommes est le plus grand pour : { $label }, { $by }
largest-of-these-in = { $start } ; le plus grand de ces écarts est pour : { $label }, { $by }
and-men-in-which = { $start }, et c’est l’inverse dans { $number } ({ $place }) ; les intervalles ne permettent pas de dire lequel de ces écarts est le plus grand
and-men-in = { $start }, et c’est l’inverse dans { $number } ; les intervalles ne permettent pas de dire lequel de ces écarts est le plus grand
and-men-in-largest-women = { $start }, et c’est l’inverse dans { $others } ; le plus grand de ces écarts est pour : { $label }, où les femmes sont en retard de { $by }
and-men-in-largest-men = { $start }, et c’est l’inverse dans { $others } ; le plus grand de ces écarts est pour : { $label }, où les hommes sont en retard de { $by }
run-from-to = de { $figure1 } à { $figure2 } points
rural-areas = zones rurales
urban-areas = zones urbaines
urban-and-rural-areas = zones urbaines et rurales
age-groups = groupes d’âge
wealth-quintiles = quintiles de richesse
regions = régions
ethnic-groups = groupes ethniques
income-quintiles = quintiles de revenu
groups-by = groupes par { $what }
sentence-colon = { $start } : { $end }

## Charts
figure-of-place = { $title }, { $unit } · { $base }, { $place }
open-marks = Symboles évidés : faible fiabilité.
open-marks-rules = Symboles évidés : { $rules }
whiskers = Moustaches : intervalles de confiance à { $figure }.
bands = Bandes : intervalles de confiance à { $figure }.
beyond = Une pointe de flèche : l’intervalle se poursuit.
series-break = Deux traits : rupture de série.
target = cible
path-to-target = Trajectoire vers la cible
incomplete-lines = Lignes sans les deux chiffres, non tracées :
outlined = Un trait entoure
boundaries = Les frontières sont celles de la source de la carte et n’impliquent aucune prise de position quant au statut d’une zone.
to-word = à
equal-counts = Les classes comptent à peu près autant de chiffres.
equal-steps = Les classes sont de même largeur.
sexes-latest = Femmes et hommes, récent
sexes-older = Femmes et hommes, plus ancien
total-only = Les deux sexes ensemble seulement
nothing = Pas de chiffre
value = valeur
equal = égalité
women-minus-men = femmes moins hommes
men-minus-women = hommes moins femmes
alt-dumbbell = Graphique des femmes et des hommes, une ligne par groupe : { $what }
alt-bars = Barres pour les femmes et les hommes : { $what }
alt-gaps = Écarts, hommes moins femmes, avec leurs intervalles : { $what }
alt-gaps-women = Écarts, femmes moins hommes, avec leurs intervalles : { $what }
alt-values = Valeurs avec leurs intervalles : { $what }
alt-row = { $label } : femmes { $women }, hommes { $men }, écart { $gap }
alt-row-no-gap = { $label } : femmes { $women }, hommes { $men }
alt-row-gap = { $label } : écart { $gap }
alt-row-withheld = { $label } : masqué
alt-row-missing = { $label } : non disponible
low-reliability-of = { $what } (faible fiabilité)

## Data gaps and sampling errors
data-gaps = Lacunes dans les données
no-data-gap = Tous les indicateurs de cette étude sont disponibles, et aucun groupe n’est vide.
empty-cells = Les cellules vides sont un résultat : on ne peut voir évoluer ce qui n’est pas mesuré.
unavailable-combinations = { $number } des { $figure } combinaisons d’indicateur et de source ne sont pas disponibles.
one-cell = 1 cellule
cells = { $number } cellules
missing-in = absent de { $count }
draft-definition = définition provisoire
state = état
reason = motif
source = source
smallest-gap-title = Plus petit écart que chaque enquête pouvait déceler
everybody = Toute la base, par indicateur
smallest-gap = plus petit écart (points)
smallest-gap-note = La plus petite différence entre femmes et hommes qu’un test bilatéral décèle dans quatre enquêtes de ce type sur cinq, autour d’un taux de 50 pour cent, femmes et hommes étant supposés indépendants ; plus près de 0 ou de 100 pour cent, de plus petites différences sont décelées.
item-nonresponse = Non-réponse partielle
item-nonresponse-by-sex = Non-réponse partielle selon le sexe
of-those-in-scope = { $place } · pour cent des personnes dans le champ
nonresponse-note = Part non pondérée des personnes du champ dont la réponse manque et qui sont donc exclues de la base ; lorsqu’elle diffère entre femmes et hommes, la comparaison peut être affectée par la non-réponse.
answers-count-as-no = selon la règle de cet indicateur, les réponses { $answers } comptent comme « non » et restent dans la base
rule-none-left-out = { $rule }, aucune n’est donc exclue ; leur nombre n’est pas indiqué
rule-other-missing = { $rule } ; la part ne porte que sur les autres réponses manquantes
quoted-dont-know = « ne sait pas »
quoted-refused = « refus »
quoted-not-stated = « non déclaré »
sampling-errors = Erreurs d’échantillonnage
sampling-errors-of = Erreurs d’échantillonnage : { $indicator }
sampling-errors-legend = R : estimation ; ET : erreur type ; N et NP : observations non pondérées et pondérées ; DEFT : racine de l’effet de plan ; R±2ET : estimation plus et moins deux erreurs types.
sampling-errors-legend-small = r : estimation ; et : erreur type ; deff : effet de plan ; deft : sa racine ; r±2et : estimation plus et moins deux erreurs types.
code-and-name = { $id } { $indicator }

## Definitions and methods
definitions-and-methods = Définitions et méthodes
how-made = Comment ce chiffre a été établi : { $code } { $indicator }
definition = définition
counted = pris en compte
base = base
reference-period = période de référence
missing-answers = réponses manquantes
from-the-source-files = à partir des fichiers sources
estimator = estimateur
uncertainty = incertitude
sampling-design = plan de sondage
comparison = comparaison
targets = cibles
source-of-the-definition = source de la définition
pools-changes-contrasts = regroupements, évolutions et contrastes
published-figures = chiffres publiés
version-status = Version { $name }, statut : { $status } ; organisme responsable : { $custodian }
agreed = convenu
draft = projet
withdrawn = retiré
sdg-indicator = Indicateur { $name } des objectifs de développement durable
stays-in-base = Reste dans la base et compte comme n’ayant pas la caractéristique : { $answers }.
left-out = Est exclu de la base : { $answers }.
no-answer-recorded = aucune réponse enregistrée
dont-know = ne sait pas
refused = refus
skipped = question sautée en raison d’une réponse antérieure
not-asked-interview = non posée lors de cet entretien
weighted-share = Part pondérée : poids des personnes prises en compte rapportés aux poids de la base
weighted-share-households = Part pondérée : poids des ménages pris en compte rapportés aux poids de la base
weighted-mean = Moyenne pondérée des personnes de la base
weighted-mean-households = Moyenne pondérée des ménages de la base
weighted-total = Total pondéré
weighted-ratio = Total pondéré d’un nombre rapporté à celui d’un autre
published-as-is = Chiffre publié, repris tel quel
its-variance = { $weighted }. Sa variance est { $variance } ; un sous-groupe conserve toutes les unités de l’échantillon
variance-linearised = celle des valeurs linéarisées entre les unités primaires d’échantillonnage de chaque strate
variance-replicated = celle des chiffres obtenus avec les poids de réplication
uncertainty-text = Intervalles de confiance à { $figure } ; parts : { $method } ; écarts : valeur ± t × erreur type ; parité : sur l’échelle logarithmique. Les bornes des intervalles valent pour chaque chiffre pris isolément
logit = logit
degrees-of-freedom = Degrés de liberté : { $rule }
df-domain = unités primaires d’échantillonnage moins strates contenant des lignes du domaine ; pour un écart, des domaines des femmes et des hommes réunis
df-full = unités primaires d’échantillonnage moins strates de l’échantillon complet
df-rank = rang des poids de réplication de l’échantillon complet, moins 1
df-rank-domain = rang des poids de réplication des lignes du domaine, moins 1 ; pour un écart, des domaines des femmes et des hommes réunis
df-infinite = infini (quantile de la loi normale)
design-effect-is = Effet de plan : { $which }
deft2 = DEFT² = variance rapportée à r(1 − r)/n, n non pondéré
deff-wor = par rapport à un sondage aléatoire simple sans remise
deff-wr = par rapport à un sondage aléatoire simple avec remise
single-psu-strata = Strates à une seule unité primaire d’échantillonnage : { $rule }
single-psu-stops = une strate à une seule unité primaire arrête le calcul
single-psu-none = une strate à une seule unité primaire n’apporte aucune variance
single-psu-certainty = une strate à une seule unité primaire est tenue pour tirée avec certitude
single-psu-centred = une strate à une seule unité primaire est centrée sur la moyenne de toutes les unités
single-psu-average = une strate à une seule unité primaire apporte la moyenne des autres
comparison-text = Écart : hommes moins femmes, dans l’unité de l’indicateur ; parité : femmes rapportées aux hommes ; tous deux calculés avant arrondi
comparison-covariance = Écart : hommes moins femmes, dans l’unité de l’indicateur ; parité : femmes rapportées aux hommes ; tous deux calculés avant arrondi, avec la covariance des femmes et des hommes vivant dans les mêmes unités primaires d’échantillonnage
comparison-lower = Une valeur plus faible est préférable : l’écart et la parité portent sur la part de chaque sexe sans la caractéristique
text-source = { $text }. Source : { $name }
source-only = Source : { $name }
target-set = { $what } d’ici à { $figure }, cible fixée par : { $who }
target-set-note = { $what } d’ici à { $figure }, cible fixée par : { $who } ; { $note }
target-set-what = { $what } d’ici à { $figure }, cible fixée par : { $who }, { $which }
target-set-what-note = { $what } d’ici à { $figure }, cible fixée par : { $who }, { $which } ; { $note }
parity-of-women-and-men = parité entre femmes et hommes
parity-range = Parité de { $figure1 } à { $figure2 } ({ $set })
design-weight = poids { $name1 }, strates { $name2 }, unités primaires d’échantillonnage { $name3 } ; { $method }
taylor = linéarisation de Taylor
from-column = { $survey } : { $name2 } d’après la colonne { $name3 } : { $codes }
code-is = { $name1 } = { $name2 }
blank-is = vide = { $what }
blank-is-not-applicable = vide = sans objet
blank-is-not-asked = vide = non posée
blank-is-no-answer = vide = sans réponse
code-is-dont-know = { $name } = ne sait pas
code-is-refused = { $name } = refus
code-is-not-applicable = { $name } = sans objet
code-is-not-asked = { $name } = non posée
code-is-no-answer = { $name } = sans réponse
not-applicable = sans objet
not-asked = non posée
no-answer = sans réponse

## Suppression log and sources
suppression-log = Journal des chiffres masqués
disclosure-profile = Profil de confidentialité « { $profile } » : { $rules }
complementary = Lorsqu’un sexe est masqué et que le total et l’autre sexe le révéleraient, un second chiffre est masqué.
counts-rounded = Les effectifs sont arrondis aux multiples de { $figure }.
none-withheld = Aucun chiffre n’est masqué.
none-withheld-published = Aucun chiffre n’est masqué : les chiffres publiés sont fournis sans les observations qu’un profil de confidentialité examine. Les groupes de pays pour lesquels trop peu de pays disposent de chiffres n’en ont pas.
area-and-period = zone et période
figures = chiffres
groups = groupes
withheld-figures = chiffres masqués
sources = sources
surveys = enquêtes
design = plan de sondage
rows = lignes
file = fichier
files = fichiers
persons-file = personnes : { $name }
households-file = ménages : { $name }
sha = SHA-256
remark = remarque
severity = gravité
count = nombre
code = code
caution = attention
note = note
decided = Décisions prises en cours de traitement

## Worldwide
world = monde
worldwide-of = Monde : { $indicator }
worldwide-gaps = Monde : où manquent les chiffres par sexe
world-and-groups = { $indicator }, monde et groupes de pays
countries-of = { $indicator }, pays
progress-of = { $indicator }, progrès
progress-continued = { $indicator }, progrès (suite)
progress-rule = { $indicator }, progrès : { $rule }
covered = couverture (femmes ; hommes)
countries = pays
all-covered = Ensemble : pays, couverture
covered-both = { $figure1 } sur { $figure2 } ; { $figure3 } ; { $figure4 }
ages = âges
status-head = statut
all-ages = tous âges
ages-of = âges : { $figure }
ages-over = { $number } ans et plus
the-ages = âges : { $figure }
the-ages-over = { $number } ans et plus
ages-not-stated = âges non indiqués
after-a-break = après une rupture
after-breaks = après { $number } ruptures
reference-period-of = Période de référence : { $period }.
about-months = environ { $number } mois
last-months = { $number } derniers mois
groups-method = Groupes : le taux des femmes est pondéré par les femmes et celui des hommes par les hommes de la population du pays, l’année du chiffre du groupe ; un pays entre avec les femmes et les hommes d’une même année, la plus récente de la fenêtre ; la parité et l’écart sont ceux des taux du groupe, et non des moyennes de ceux des pays.
countries-method = Pays : tels que publiés, sans erreur type sauf si la source en donne ; lorsqu’une source a plusieurs tranches d’âge pour un pays et une année, la plus large comprenant les deux sexes.
nothing-imputed = Rien n’est mis à la place d’un pays sans chiffre ; en deçà de la couverture exigée par la règle, il n’y a pas de chiffre du groupe.
edition = édition
sources-published = Sources des chiffres publiés
status-break = rupture de série
status-definition = définition différente
status-estimated = estimé
status-national = estimation nationale
status-forecast = prévision
status-imputed = imputé
status-provisional = provisoire
status-revised = révisé
status-experimental = expérimental
status-holiday = jour férié ou fin de semaine
status-derogation = dérogation
status-included = inclus dans une autre catégorie
status-insignificant = non significatif
status-event = événement particulier
status-unvalidated = non validé
status-includes = inclut une autre catégorie
status-population-unknown = population inconnue
status-of-the-source = Statut de la source : { $codes }
status-b = B { $what }
status-e = E { $what }
status-d = D { $what }
status-f = F { $what }
status-i = I { $what }
status-p = P { $what }
status-r = R { $what }
status-u = U { $what }
status-g = G { $what }
status-h = H { $what }
status-j = J { $what }
status-k = K { $what }
status-m = M { $what }
status-n = N { $what }
status-q = Q { $what }
status-s = S { $what }
status-v = V { $what }
status-w = W { $what }
status-double-dagger = (‡) { $what }
status-plus = (+) { $what }
status-asterisk = * { $what }
total-outside = Ce chiffre d’ensemble n’est pas compris entre ceux des femmes et des hommes : il peut provenir d’une autre enquête ou porter sur d’autres personnes.
interval-as-published = L’intervalle est tel que publié.
notes-of-sources = Les notes des sources sont reproduites dans la langue de la source.
population-of-unknown = { $what }, population inconnue pour { $number }
world-finding = { $area } : { $figure1 } des femmes et { $figure2 } des hommes { $statement } ({ $years } ; { $coverage })
coverage-with = { $figure1 } pays sur { $number }, avec { $shares }
shares-of = { $figure1 } des femmes et { $figure2 } des hommes
shares-unknown = une part inconnue des femmes et des hommes
no-world-figure = Pas de chiffre mondial pour l’indicateur « { $indicator } » : les chiffres par sexe de { $figure } pays sur { $number } couvrent { $shares }
no-group-figure = Pas de chiffre pour le groupe « { $group } » (« { $indicator } ») : les chiffres par sexe de { $figure } pays sur { $number } couvrent { $shares }
reported-below = { $indicator } : le taux déclaré des femmes est inférieur à celui des hommes dans { $figure } pays sur { $number }
reported-below-widest = { $indicator } : le taux déclaré des femmes est inférieur à celui des hommes dans { $figure } pays sur { $number } ; l’écart le plus large est celui de { $area }, { $by }
gaps-without-intervals = Ces écarts sont fournis sans intervalle ; les plus petits peuvent être dus au hasard.
alt-map = Carte de l’écart par pays. { $title }. Les plus larges, en points : { $list }. Les pays sans chiffres pour les femmes et les hommes sont hachurés.
map-item = { $area } { $figure }
not-on-the-map = Absents de la carte : { $figure1 } des { $figure2 } pays et territoires ({ $list }).
newest-up-to = Hommes moins femmes, points ; chiffres les plus récents jusqu’à { $figure }, { $base }
over-time = { $indicator } : l’écart déclaré est plus faible la dernière année que la première année comparable dans { $number } des { $number2 } pays représentés dont les années sont comparables
over-time-subtitle = { $unit } · { $base } ; les { $number } pays comptant le plus d’années par sexe, puis par nom anglais ; { $end }
alt-lines = Courbes des femmes et des hommes par année. { $lines }. Cible : { $figure1 } d’ici à { $figure2 }
alt-lines-plain = Courbes des femmes et des hommes par année. { $lines }
alt-line = 
    { $area } : écart de { $number ->
         [one] { $number } point
        *[other] { $number } points
     } en { $figure1 }, { $figure2 } en { $figure3 }
no-world-chart = Pas de { $chart } pour { $indicator } : { $why }.
chart = graphique
map = carte
no-gap-country = aucun pays n’a d’écart
no-three-years = aucun pays n’a de chiffres des femmes et des hommes pour trois années
no-two-years = aucun pays n’a d’écart pour deux années comparables
no-group = aucun groupe de pays n’a de chiffre
counted-apart-title = Les chiffres récents par sexe concernent des pays où vivent { $figure1 } des femmes du monde (« { $most } »), et { $figure2 } (« { $least } »)
counted-apart-one = Les chiffres récents par sexe concernent des pays où vivent { $figure } des femmes du monde (« { $indicator } »)
counted-apart-countries = Les chiffres récents par sexe concernent { $number } des { $number2 } pays (« { $indicator } »)
availability-none =
    { $number ->
        [one] { $number } pays sur { $number2 } n’a de chiffres
       *[other] { $number } pays sur { $number2 } n’ont de chiffres
    } par sexe pour aucun des { $figure1 } indicateurs
availability-none-one =
    { $number ->
        [one] { $number } pays sur { $number2 } n’a pas de chiffres
       *[other] { $number } pays sur { $number2 } n’ont pas de chiffres
    } par sexe (« { $indicator } »)
availability-some =
    { $number ->
        [one] { $number } pays sur { $number2 } a des chiffres
       *[other] { $number } pays sur { $number2 } ont des chiffres
    } par sexe pour au moins un des { $figure1 } indicateurs
availability-some-one =
    { $number ->
        [one] { $number } pays sur { $number2 } a des chiffres
       *[other] { $number } pays sur { $number2 } ont des chiffres
    } par sexe (« { $indicator } »)
availability-part = { $group }, pays de { $first } à { $last }
availability-part-of-all = pays de { $first } à { $last }
availability-others = autres pays et territoires
availability-subtitle = Chiffres les plus récents par pays ; récent : { $figure } et après
availability-subtitle-beside = Chiffres les plus récents par pays ; récent : l’année indiquée à côté de l’indicateur et après
indicator-since = { $indicator } ({ $figure } et après)
alt-availability = Carte de chaleur des pays par indicateur.
alt-availability-recent = Pays disposant de chiffres récents par sexe : { $list }
counted-apart-subtitle = Part des femmes vivant dans des pays disposant de chiffres récents par sexe ; le tableau indique de quelles années
alt-heat-map = Carte de chaleur des groupes par indicateur. Monde : { $list }
heat-map-of-groups-by-indicator = Carte de chaleur des groupes par indicateur.
percent-of-women = Pour cent des femmes
percent-of-countries = % des pays
since-and-later = { $indicator } : chiffres de { $figure } et après.
gaps-note = Les membres d’un groupe, les pays disposant de chiffres et les parts des femmes et des hommes couvertes sont ceux des tableaux des groupes.
gaps-title = Chiffres par sexe : parts des pays et de la population
gaps-subtitle = Pays et territoires disposant d’un chiffre récent pour les femmes et pour les hommes
newest-title = Chiffres par sexe les plus récents, par pays
newest-subtitle = Année, et tranche d’âge lorsque la source l’indique
total-year = total { $figure }
only-total = seulement un chiffre pour l’ensemble des personnes
no-figure-in-sources = aucun chiffre dans les sources
year-ages = { $figure1 }, { $figure2 }
goal = Cible : { $figure1 } d’ici à { $figure2 } ({ $who }) ; base { $figure3 }
goal-none = Aucune cible n’est fixée pour l’ensemble des pays ; base { $figure }
not-comparable = Les valeurs de { $figure1 } ({ $first }) et de { $figure2 } ({ $second }) ne sont pas comparables.
list-2019-back = Pour certains membres ou tous, on ne sait pas depuis quand ils le sont ; la liste de { $years } est appliquée aux années antérieures.
list-newest = Les membres sont ceux de la liste de { $years }, la plus récente ici.
figures-before-rest = Les chiffres de { $figure1 } pays sur { $number } sont antérieurs à { $figure2 } et portent sur { $period }, ceux des autres sur la période suivante : { $period2 }.
figures-before = Les chiffres de { $figure1 } pays sur { $number } sont antérieurs à { $figure2 } et portent sur { $period }.
window-note = Chaque pays avec ses chiffres les plus récents des { $number } années allant jusqu’à celle-là ; un groupe exige { $share }.
window-note-any = Chaque pays avec ses chiffres les plus récents des { $number } années allant jusqu’à celle-là ; toute part de la population donne un chiffre de groupe.
half-of-either = au moins la moitié de la population de chaque sexe
weights-ages = Les pays sont pondérés par les femmes et les hommes ({ $ages }). { $figure } pays sur { $number } indiquent ces âges ; { $figure2 } n’en indiquent aucun.
weights-none = Les pays sont pondérés par les femmes et les hommes ({ $ages }) : aucun des { $number } pays n’indique les âges de son chiffre.
age-ranges-differ = Les tranches d’âge diffèrent entre les pays ; les chiffres entrent tels que publiés.
areas-without-population = Les zones sans population par sexe et âge, le plus souvent de moins de 90 000 habitants, ne figurent dans aucun chiffre ; les parts couvertes portent sur la population connue.
groups-no-se = Les chiffres publiés n’ont pas d’erreur type, ceux des groupes n’en ont donc pas.
groups-se = Un groupe a une erreur type lorsque tous ses pays en ont une.
members-note = Les membres d’un groupe sont ceux de l’année de son chiffre, l’exercice financier pour les groupes de revenu ; lorsqu’ils proviennent de la liste d’une autre année, une note de la ligne le signale. Les zones sans habitants permanents ne sont pas comptées.
rate-of-all-note = Le taux d’ensemble d’un groupe est celui de ses femmes et de ses hommes réunis, pondérés par leur nombre : mêmes pays et mêmes années. Ce n’est qu’en l’absence de chiffre pour les femmes et les hommes qu’il est celui des pays déclarant un taux d’ensemble. La colonne « Taux d’ensemble » donne les pays et les parts des femmes et des hommes qu’ils couvrent.
where-no-ages = Lorsqu’une source n’indique pas d’âge, les personnes retenues sont celles des groupes de pays ({ $ages }).
not-together = Les femmes et les hommes n’ont pas été estimés ensemble, la comparaison n’a donc pas d’erreur type.
zero-or-hundred = Un taux est de 0 ou de 100 pour cent, l’erreur type de la comparaison est donc trop petite.
published-source-line = Source : { $sources } ; groupes de pays : agrégation propre.
published-source-line-quoted = Source : { $names } ; groupes de pays : agrégation propre.
source-publishers = { $source } ({ $publishers })
published-by-sex = Chiffres publiés par sexe

## Progress
first-and-last = Premier et dernier chiffre
rules-disagree = Les règles divergent car elles posent des questions différentes ; aucune ne va au-delà de ce que les chiffres permettent. Une projection porte le statut F.
rule-uncertain = Lorsqu’une règle ne dit pas si une évolution se distingue de l’absence de changement, il n’y a pas d’erreurs types, ou trop peu de chiffres, pour en juger.
no-result-of = Aucun pays n’a de résultat pour : { $rules } ({ $why }).
target-achieved = cible atteinte
target-missed = cible manquée
on-track = en bonne voie
acceleration-needed = accélération nécessaire
limited = limité
deterioration = détérioration
target-met-or-on-track = cible atteinte ou en bonne voie
fair-progress = progrès correct, accélération nécessaire
stagnation = stagnation ou régression
significant-progress = progrès importants
moderate-progress = progrès modérés
no-progress = pas de progrès
moderate-deterioration = détérioration modérée
significant-deterioration = détérioration importante
maintain = maintenir
accelerate = accélérer
reverse = inverser
no-gap = pas d’écart
closes = se résorbe
closes-later = se résorbe au-delà de l’horizon des projections
does-not-close = ne se résorbe pas
remaining = reste { $figure }
remaining-points = 
    reste { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
required-per-year = requis par an { $figure }
required-per-year-points = 
    requis par an { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
growth-of = croissance { $figure }
required-growth = croissance requise { $figure }
growth-end-points = croissance selon les extrêmes { $figure }
growth-all-points = croissance selon tous les points { $figure }
current-status = état actuel { $figure }
anticipated-gap-percent = écart anticipé, pour cent { $figure }
change-points = 
    évolution { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
change-points-words = 
    évolution { $number ->
         [one] { $number } point
        *[other] { $number } points
     } : { $words }
change-points-between = évolution de { $figure1 } à { $figure2 } points : { $words }
slope-points = 
    pente { $number ->
         [one] { $number } point
        *[other] { $number } points
     } par an : { $words }
slope-points-between = pente de { $figure1 } à { $figure2 } points par an : { $words }
growth-words = croissance { $figure } : { $words }
logit-slope-words = pente du logit { $figure } : { $words }
rate-words = taux { $figure } : { $words }
ratio-of = rapport { $figure }
level-of = niveau { $figure }
gap-of = écart { $figure }
gap-points = 
    écart { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
years-behind = années de retard { $figure }
year-of-reaching = année d’atteinte de la cible { $figure }
women-per-year = 
    femmes par an { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
men-per-year = 
    hommes par an { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
required-of-women = 
    requis des femmes par an { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
deviation-of-base = écart à la base { $figure }
deviation-of-last = écart à la dernière année { $figure }
target-deviation = écart visé { $figure }
closed-in = résorbé en { $figure } (F)
gap-in-year = 
    écart de { $figure } : { $number ->
         [one] { $number } point
        *[other] { $number } points
     } (F)
year-value = { $figure } : { $value } (F)
year-value-interval = { $figure } : { $value } (F), intervalle de { $figure1 } à { $figure2 }
above-hundred = plus de 100 %
below-zero = moins de 0 %
through-a-break = à travers une rupture
projection = projection
told-apart = se distingue de l’absence de changement
not-told-apart = ne se distingue pas de l’absence de changement
uncertainty-unknown = incertitude inconnue
not-told = non indiqué
base-or-before = les données s’arrêtent en { $figure } ou avant, et les progrès se mesurent à partir de là
figures-not-comparable = chiffres non comparables
zero-figure = un chiffre est de 0 % ou 100 %, et une tendance courbe exige des chiffres intermédiaires
zero-figure-year = le chiffre de { $figure1 } est de { $figure2 }, et une tendance courbe exige des chiffres entre 0 % et 100 %
last-level-before = le dernier niveau des femmes a été dépassé avant le début des séries
men-not-come = les hommes n’ont pas atteint le dernier niveau des femmes
beyond-horizon = aucune projection ne va au-delà de { $number } ans après le dernier chiffre
fewer-than-figures = moins de { $number } chiffres
window-too-short = les chiffres de la fenêtre couvrent moins de { $number } années
only-one-figure = un seul chiffre se trouve dans les { $number } dernières années
no-common-years = femmes et hommes ont moins de deux années en commun depuis la base
target-met-already = la cible est déjà atteinte
base-equals-target = la valeur de l’année de base est égale à la cible, aucun changement n’était donc requis
straight-lines = droites des femmes et des hommes
logistic-curve = courbe logistique
gompertz-curve = courbe de Gompertz
logit-trend = tendance logit
compound-growth = croissance composée depuis la base
distance-to-target = distance à la cible et rythme requis
change-since-base = évolution depuis la base
rate-of-change = rythme d’évolution
ratio-rule = règle du rapport
expected-value-rule = règle de la valeur attendue
anticipated-gap = écart anticipé
bands-without-target = tranches de croissance sans cible
natural-limit = limite naturelle
five-bands = cinq tranches, { $number } dernières années
parity-ratio = rapport de parité
time-distance = décalage temporel des femmes par rapport aux hommes
closing-of-the-gap = résorption de l’écart
three-bands = trois tranches

## Joining
joined-semicolon = { $first } ; { $rest }
joined-colon = { $first } : { $rest }
joined-comma = { $first }, { $rest }
joined-dot = { $first } · { $rest }
joined-brackets = { $first } ({ $rest })

## Ages
years-of-age = { $figure } ans
years-and-over = { $number } ans et plus
no-target-set = aucune cible n’est fixée
no-common-ages = { $name } : { $name2 } : aucune tranche d’âge n’est commune à l’ensemble des { $number } pays ; par nombre de pays : { $name3 }
totals-not-between = { $name } : { $name2 } : totaux que les femmes et les hommes ne donnent pas, premier cas { $name3 } : { $figure1 } avec { $figure2 } pour les femmes et { $figure3 } pour les hommes
no-rule-has-result = { $number } séries d’un pays et d’un sexe ont deux chiffres ou plus, et aucune règle ne donne de résultat pour l’une d’elles ({ $why }).
lower = inférieure
upper = supérieure
notes-of-the-tables = Notes des tableaux
current-status-word = état actuel

## Charts of stems, ranks, steps and projections
women-ahead = femmes en avance
men-ahead = hommes en avance
interval-holds-equality = égal, ou l’intervalle contient l’égalité
projection-f = F : projection
fan-bands = Bandes après le dernier chiffre : intervalles de prédiction à 50, 80 et 95 %.
rank-of = rang { $figure }
rank-of-interval = rang { $figure } ({ $lower } à { $upper })
rank-axis-gap = Rang, à partir du plus grand écart ({ $what })
rank-axis-value = Rang, à partir de la plus grande valeur
rank-whiskers = Moustaches : les rangs que permettent les tests de toutes les paires, à { $figure } pour l’ensemble.
alt-stems = Tiges à partir de l’égalité, { $what } : { $title }, { $place }
alt-ranks = Rangs avec leurs intervalles : { $what }
alt-steps = Degrés d’un ordre pour les femmes et les hommes : { $what }
alt-gaps-without = Écarts des personnes sans la caractéristique, hommes moins femmes, avec leurs intervalles : { $what }
alt-stems-countries = Tiges à partir de l’égalité, par pays. { $title }. En points : { $list }
alt-ranks-countries = Rangs de l’écart par pays. { $title }. { $list }
ranked-no-certain = { $indicator } : pays selon l’ampleur de l’écart déclaré ; sans erreurs types, aucun rang n’est certain
ranked-widest = { $indicator } : l’écart est le plus grand dans le pays suivant : { $area }
ranked-widest-may = { $indicator } : l’écart déclaré est le plus grand dans le pays suivant : { $area }, dont le rang peut aller jusqu’à { $figure }
fan-title = { $indicator }, femmes et hommes jusqu’en { $figure } si la tendance du logit se poursuit
fan-subtitle = { $unit } · { $base } ; F : projection ; parmi les pays projetés, les { $number } comptant le plus d’années par sexe, puis par nom anglais ; { $end }
fan-subtitle-plain = { $unit } · { $base } ; F : projection ; parmi les pays projetés, les { $number } comptant le plus d’années par sexe, puis par nom anglais
fan-subtitle-one = { $unit } · { $base } ; F : projection ; le seul pays projeté
fan-target-short = cible { $figure1 } d’ici à { $figure2 }, au-delà de ce qui peut être projeté
target-by = cible { $figure1 } d’ici à { $figure2 }
target-by-sentence = Cible : { $figure1 } d’ici à { $figure2 }.
alt-fan = Courbes des femmes et des hommes par année, avec projections. { $list }
alt-fan-women = femmes { $figure1 } en { $figure2 } (intervalle à 95 % : { $figure3 } à { $figure4 })
alt-fan-men = hommes { $figure1 } en { $figure2 } (intervalle à 95 % : { $figure3 } à { $figure4 })
gap-narrower = { $indicator } : l’écart déclaré est plus faible en { $figure1 } qu’en { $figure2 } dans { $number } des { $number2 } pays
men-minus-women-points-base = Hommes moins femmes, points, { $base }
men-minus-women-pp = Hommes moins femmes, points de pourcentage
alt-slope = Lignes de { $figure1 } à { $figure2 }. { $title }. En points : { $list }
slope-item = { $area } { $figure1 } et { $figure2 }
two-figures = { $figure1 } et { $figure2 }
groups-title = { $indicator } : le taux déclaré des femmes est le plus faible dans le groupe suivant : { $group }, { $figure }
groups-subtitle = { $unit } · { $base } ; chiffres les plus récents jusqu’en { $figure }
alt-heat-groups = Carte de chaleur des groupes. Femmes et hommes : { $list }
women-and-men-by = { $title }, femmes et hommes selon : { $what }
no-trend-country = aucun pays n’a de tendance des femmes et des hommes qui puisse être projetée
heat-map-word = carte de chaleur

## Action page
action = action
action-not-asked = Cette étude ne donne pas le nombre de femmes à connecter : elle ne le demande pas (women_to_parity).
action-no-population = Cette étude ne donne pas le nombre de femmes à connecter : la population n’est pas connue.
action-no-figure = Cette étude ne donne pas le nombre de femmes à connecter : aucun de ces chiffres n’a pu être établi ; les fichiers de données disent pourquoi pour chacun.
women-missing-note = Femmes manquant pour la parité : combien de femmes de plus devraient être comptées pour que le taux des femmes soit celui des hommes, à population donnée. Il n’en manque aucune là où les femmes sont en avance
women-missing-below-zero = Femmes manquant pour la parité inférieures à zéro : les femmes sont en avance
countries-at-most = Pays : au plus { $number } par indicateur, ceux où il manque le plus de femmes d’après les chiffres déclarés
women-to-connect = Femmes à connecter
indicator-area-period = Indicateur, zone et période
verdicts-word = verdicts
series-note = Une série est celle des femmes, des hommes ou de l’ensemble d’un pays. Une règle compte celles pour lesquelles elle donne un verdict ; les tableaux de progrès les présentent toutes, avec les raisons lorsqu’il n’y en a pas
verdicts-reported = Les verdicts portent sur les chiffres déclarés ; les évolutions peuvent être dues au hasard lorsque l’erreur type n’est pas connue
progress-verdicts = Progrès : combien de séries ont quel verdict
indicator-and-rule = Indicateur et règle
series-judged = Séries évaluées

## Findings of tests adjusted for their number
levels-colon = { $indicator } : femmes { $figure1 }, hommes { $figure2 } : { $end }
level-of-group = { $value } de : { $universe }, { $statement }
level-of-women = { $value } des femmes { $statement }
level-of-men = { $value } des hommes { $statement }
level-of-households = { $value } des ménages { $statement }
single-intervals = { $indicator } : des intervalles isolés excluent l’égalité dans { $number } des { $figure } { $groups }, mais les tests ajustés pour l’examen de { $figure2 } groupes ne confirment aucun de ces écarts
single-intervals-reliable = { $indicator } : des intervalles isolés excluent l’égalité dans { $number } des { $figure } { $groups } dont les chiffres sont fiables, mais les tests ajustés pour l’examen de { $figure2 } groupes ne confirment aucun de ces écarts
intervals-support-none = { $indicator } : les intervalles ne confirment aucune différence entre les femmes et les hommes dans { $among }
women-behind-men-in = { $indicator } : les femmes sont en retard sur les hommes dans { $among }
men-behind-women-in = { $indicator } : les hommes sont en retard sur les femmes dans { $among }
either-area = les zones { $first } ou { $rest }
among-either-urban-rural = les zones urbaines ou rurales
gaps-run-to = 
    jusqu’à { $number ->
         [one] { $number } point
        *[other] { $number } points
     }
world-widest-reported = { $start } ; l’écart déclaré le plus grand concerne : { $area }, { $by }
world-holds = { $start } ; la différence se confirme dans { $which } lorsque tous sont examinés ensemble ; { $place }
told-of-known = { $number } des { $figure } pays dotés d’erreurs types
world-widest = l’écart est le plus grand pour : { $area }, { $by }
world-widest-not-told = l’écart déclaré le plus grand concerne : { $area }, { $by }, et les intervalles ne disent pas s’il est le plus grand
multiple-method = Les nombres de groupes où les femmes ou les hommes sont en retard, le groupe du plus grand écart et les rangs reposent sur des tests ajustés au nombre de groupes examinés (Holm) ; ils peuvent donc être inférieurs au nombre d’intervalles excluant l’égalité ; chaque phrase est une famille à part. Les intervalles des rangs valent pour tous les groupes à la fois (différences par paires selon Mogstad, Romano, Shaikh et Wilhelm 2024, méthode de Holm) ; les groupes d’une même enquête sont comparés avec la somme de leurs erreurs types, leur covariance n’étant pas connue à ce stade.

## Comparisons
changes-between-rounds = Évolutions entre vagues
contrasts-word = contrastes
contrast-word = contraste
contrasts-single = Contrastes de chiffres isolés
log-ratio = log-rapport
lower-gap-without = Ici, une valeur plus faible est préférable : l’écart porte sur la part des femmes et des hommes sans la caractéristique
bold-two = Gras : s’écarte de l’égalité (des femmes et des hommes, ou des deux chiffres) de plus que son intervalle ; les chiffres de faible fiabilité ne le sont jamais
bold-one = Gras : s’écarte de l’égalité de plus que son intervalle ; les chiffres de faible fiabilité ne le sont jamais
compared-before-rounding = Les chiffres sont comparés avant arrondi
shares-percent-points = Les parts sont en pour cent, leurs différences en points
difference-ratio-note = Différence : premier moins second ; rapport : premier sur second
first-word = premier
second-word = second
figure-word = chiffre
result-word = résultat
share-who-all = la part des personnes qui { $statement }
share-who-women = la part des femmes qui { $statement }
share-who-men = la part des hommes qui { $statement }
of-women = { $indicator } des femmes
of-men = { $indicator } des hommes
rose-by = { $what } : hausse de { $by }
fell-by = { $what } : baisse de { $by }
no-change-of = aucune évolution que l’intervalle confirme pour { $what }, { $by }
gap-moved-against = l’écart a évolué au détriment des femmes de { $by }
gap-moved-favour = l’écart a évolué en faveur des femmes de { $by }
no-change-gap = aucune évolution de l’écart que l’intervalle confirme, { $by }
place-from-to = { $place }, de { $figure1 } à { $figure2 } : { $end }
change-from-to = évolution de { $figure1 } à { $figure2 }
change-note = Évolution : { $figure1 } moins { $figure2 } ; { $rounds }
rounds-shared = les deux vagues ont les mêmes unités primaires d’échantillonnage, et leur covariance est prise en compte
rounds-independent = les deux vagues sont des échantillons indépendants
change-gap-note = Évolution de l’écart : au-dessus de zéro, elle est au détriment des femmes
against = { $first } par rapport à { $second }
contrast-note = { $what } ; les deux groupes sont d’un même échantillon, et leur covariance est prise en compte
minus = { $first } moins { $second }
over = { $first } sur { $second }
minus-over = { $first } moins { $second }, sur { $third }
ln-over = logarithme népérien de { $first } sur { $second }
not-same-change = Les enquêtes ne mesurent pas la même chose, si bien qu’une différence tient en partie à la mesure : { $what }
not-same-pool = Les enquêtes regroupées ne mesurent pas la même chose : { $what }
who-is-covered = qui est couvert
who-in-base = qui figure dans la base
which-answers-count = quelles réponses comptent comme positives
which-missing-stay = quelles réponses manquantes restent dans la base
how-coded = comment les réponses ont été codées
approximation-word = approximation
as-defined = selon la définition
no-note = sans note
not-stating = Qui n’indique pas « { $concept } » est exclu
pool-of = Regroupement de { $names }
pool-design = regroupement d’échantillons indépendants ; { $weights }
pool-equal = chaque enquête compte autant
pool-population = chaque enquête compte selon la population indiquée par l’étude
pool-own = les poids propres des enquêtes, avec des strates au sein des enquêtes
pool-populations-fixed = Le regroupement tient les populations pour connues sans erreur.
pool-method = Regroupement : chiffres des enquêtes, chacun multiplié par sa taille, sur la somme des tailles ; les échantillons sont indépendants, et une taille estimée a sa propre variance. Un chiffre regroupé n’est montré que si aucun chiffre masqué d’une enquête n’en découle
changes-method = Évolutions et contrastes : les variances d’échantillons différents s’ajoutent, avec les degrés de liberté de Satterthwaite ; les chiffres d’un même échantillon ont leur covariance. Ils ne sont montrés que si leurs deux chiffres le sont
pools-changes-contrasts-b = Regroupements, évolutions et contrastes

## Methods of other designs and estimators
cannot-be-had = { $place } : ne peut être obtenu, car { $why }
approximated-for = { $place } : approximation : { $proxy }
own-rule = { $place } suit sa propre règle : { $rule }
known-without-error = { $place } : { $population } ; population tenue pour connue sans erreur
quantile-math = Quantile pondéré : la plus petite valeur qu’une part d’au moins { $figure } des unités de la base ({ $who }) ne dépasse pas
quantile-rule = Quantile pondéré de probabilité { $figure } sur la base ({ $who }), selon la règle { $name } (Hyndman et Fan 1996, étendue aux poids)
quantile-variance = Sa variance est celle des quantiles sous les poids de réplication
quantile-woodruff = Son intervalle est celui de Woodruff : { $share } de la part qui ne le dépasse pas, inversé ; son erreur type est la demi-largeur de l’intervalle divisée par t
the-t-interval = l’intervalle t
the-method-interval = l’intervalle { $name }
weighted-share-b = Part pondérée : poids des unités comptées ({ $who }) sur poids de la base
weighted-mean-b = Moyenne pondérée sur la base ({ $who })
variance-is-both = celle des valeurs linéarisées entre les unités primaires de chaque strate ou, si une enquête a des poids de réplication, celle des chiffres sous ces poids
weights-only = { $place } : son fichier n’indique pas les grappes ; les erreurs types ne reflètent donc que l’effet des poids inégaux
df-where-replicated = { $df } ; si une enquête a des poids de réplication, { $rank }
arcsine-root = arc sinus de la racine carrée
likelihood-scaled = vraisemblance profilée, corrigée de l’effet de plan
lonely-fail = une strate à une seule unité arrête le calcul
lonely-remove = une strate à une seule unité n’apporte pas de variance
lonely-certain = une strate à une seule unité a été retenue avec certitude
lonely-centred = une strate à une seule unité est centrée sur la moyenne de toutes les unités
lonely-average = une strate à une seule unité apporte la moyenne des autres
lonely-within = { $lonely }, y compris lorsque seul le groupe n’en laisse qu’une
taylor-b = linéarisation de Taylor ; { $lonely }
replicates-file = poids de réplication du fichier ({ $kind }, écarts par rapport à { $centre })
replicates-made = poids de réplication établis à partir des strates et des unités ({ $kind }, écarts par rapport à { $centre }) ; { $lonely }
full-sample = l’échantillon complet
mean-of-replicates = la moyenne des réplications
brr = réplications répétées équilibrées
brr-fay = réplications répétées équilibrées selon Fay
brr-fay-factor = réplications répétées équilibrées selon Fay, facteur { $figure }
jk1 = jackknife par suppression d’une unité
jk2 = jackknife par paires
jkn = jackknife stratifié
jkn-delete = jackknife stratifié par suppression d’une unité
bootstrap = bootstrap
rao-wu = bootstrap de Rao-Wu à { $number } réplications, graine { $figure }
successive = différences successives
successive-acs = différences successives, comme dans l’American Community Survey
own-method = une méthode propre à l’enquête
with-scale = { $kind }, échelle { $figure }
weight-divided = poids { $name } divisé par { $figure }
weight-column = poids { $name }
weights-fpc = poids tirés des populations finies
no-weights = sans poids
no-strata = sans strates
strata-of = strates { $name }
drawn-one-by-one = tirage un à un ({ $rows })
clusters-not-given = grappes non indiquées dans le fichier : les erreurs types ne reflètent que l’effet des poids, sans l’effet de grappe ; tirage supposé un à un ({ $rows })
psu-of = unités primaires d’échantillonnage { $name }
numbered-within = numérotées au sein des strates
finite-population = population finie { $name }
stage-of = degré { $figure } : { $what }
units-of = unités { $name }
own-weights-sexes = Les femmes et les hommes ont leurs propres poids ; les chiffres des deux sexes sont combinés selon la population
weights-step = Poids { $step }
fixed-for-rows = { $name1 } vaut { $name2 } pour chaque ligne
else-is-no-answer = tout le reste = sans réponse
else-is-dont-know = tout le reste = ne sait pas
else-is-refused = tout le reste = refus
else-is-not-applicable = tout le reste = sans objet
else-is-not-asked = tout le reste = non posée
everything-else = tout le reste = { $name }
from-column-times = { $name1 } : colonne { $name2 } multipliée par { $figure }
from-column-plain = { $name1 } : colonne { $name2 }
from-column-label = { $name1 } : colonne { $name2 }, par étiquette : { $codes }
made-of-bands = { $name1 } est fait de tranches de { $name2 }
counts-how-many = { $name1 } compte combien, parmi { $name2 }, valent { $name3 }
follows-from = { $name } découle d’autres concepts selon la règle du registre
weighted-groups = { $name1 } est fait de { $number } groupes pondérés de { $name2 }
verdict-both-included = Verdict selon les seuils « { $set } » ({ $figure } à { $figure2 }, bornes comprises), appliqués avant arrondi ({ $of })
verdict-from = Verdict selon les seuils « { $set } » (à partir de { $figure }), appliqués avant arrondi ({ $of })
definition-is = La définition est : { $what }
population-of-base = population de la base
taken-as-known = { $what }, tenue pour connue sans erreur : { $population }

## Analyses
analyses = analyses
cases-of = { $number } observations non pondérées
left-out-b = { $number } écartées, sans réponse ou hors des groupes
design-df = { $figure } degrés de liberté du plan
normal-quantiles = quantiles de la loi normale
no-result = Pas de résultat : { $why }
low-reliability-group = Faible fiabilité : un groupe compte moins de { $number } observations non pondérées.
low-reliability-source = Faible fiabilité : la source attribue le statut U.
withheld-whole-cases = Masqué en entier : l’un de ses groupes compte moins de { $number } observations non pondérées
withheld-whole-derived = Masqué en entier : il repose sur un groupe masqué dans les tableaux
withheld-whole-other = Masqué en entier : un chiffre masqué pourrait en être déduit
withheld-marked = Les chiffres masqués sont marqués dans les tableaux et les fichiers de données.
withheld-why-untold = La raison de chacun n’est pas indiquée : à côté des effectifs des groupes voisins, elle resserrerait ce qu’il cache.
withheld-whole-pooled = Masqué en entier : un regroupement d’enquêtes livre des sommes contenant des chiffres masqués, et ceci pourrait livrer les autres termes
ci-t = Intervalles de confiance à { $figure } : valeur ± t × erreur type
p-below = La valeur p est inférieure à { $figure } : une statistique aussi grande serait rare en cas d’{ $what }. Elle plaide pour une association dans la population et n’indique aucune cause
holm-p-below = La valeur p ajustée selon Holm est inférieure à { $figure } : une statistique aussi grande serait rare en cas d’{ $what }. Elle plaide pour une association dans la population et n’indique aucune cause
p-not-below = La valeur p n’est pas inférieure à { $figure } : l’échantillon ne permet pas de distinguer ceci de l’{ $what }, ce qui ne prouve pas l’{ $whether }
holm-p-not-below = La valeur p ajustée selon Holm n’est pas inférieure à { $figure } : l’échantillon ne permet pas de distinguer ceci de l’{ $what }, ce qui ne prouve pas l’{ $whether }
p-not-below-difference = La valeur p n’est pas inférieure à { $figure } : l’échantillon ne permet pas de distinguer ceci de l’absence de différence, ce qui ne prouve pas qu’il n’y en ait aucune
holm-p-not-below-difference = La valeur p ajustée selon Holm n’est pas inférieure à { $figure } : l’échantillon ne permet pas de distinguer ceci de l’absence de différence, ce qui ne prouve pas qu’il n’y en ait aucune
independence = indépendance
no-difference = absence de différence
none-word = aucune
tests-holm = L’étude présente { $number } tests : p (Holm) est ajusté pour l’ensemble (Holm 1979)
one-test = Un seul test dans l’étude : pas d’ajustement
coefficients-note = Les coefficients sont des associations avec la variable étudiée, les autres termes étant donnés, et non des effets ; leurs valeurs p ne sont pas ajustées au nombre de coefficients
term-word = terme
part-word = composante
by-word = selon
coefficient = coefficient
per-cent-or-own = Pour cent, ou unité propre
per-cent-or-points = Pour cent ou points
variance-word = variance
odds-ratio = rapport de cotes
numerator-df = ddl du numérateur
denominator-df = ddl du dénominateur
df-word = ddl
p-word = p
p-holm = p (Holm)
share-of-gap = Part de l’écart, pour cent
variance-imputation = Variance due à l’imputation, pour cent
no-case = aucune observation
cannot-of-cases = il ne peut être obtenu à partir de ces observations
title-independence = { $indicator } : indépendance par rapport à : { $what }
title-difference-by = { $indicator } : différence selon : { $what }
title-difference-from = { $indicator } : différence par rapport à { $figure }
title-logistic = { $indicator } : régression logistique sur : { $what }
title-linear = { $indicator } : régression linéaire sur : { $what }
title-gap-by = { $indicator } : écart entre les femmes et les hommes selon : { $what }
title-standardised = { $indicator }, standardisé selon : { $what }
title-by-standardised = { $indicator } selon : { $by }, standardisé selon : { $what }
title-by = { $indicator } selon : { $what }
title-variance = { $indicator } : variance
title-variance-by = { $indicator } : variance selon : { $what }
only-rows-with = Uniquement les lignes où { $what } ; toutes les unités d’échantillonnage restent dans la variance
concept-is = « { $what } » = « { $code } »
gap-men-minus-women = Écart, hommes moins femmes
gap-men-minus-women-of = Écart, hommes moins femmes : { $what }
rate-of-women = taux des femmes
rate-of-men = taux des hommes
goes-with-composition = Va avec la composition
goes-with-rates = Va avec les taux dans un même groupe
three-composition = Trois composantes : composition
three-rates = Trois composantes : taux
three-interaction = Trois composantes : interaction
gap-includes-zero = L’intervalle de l’écart contient 0 ; aucune part n’en est donc donnée : elle diviserait par un nombre peut-être nul
all-complement = Une valeur plus faible est préférable : tous les chiffres portent sur le complément, 1 moins le taux
parts-describe = Les composantes décrivent à quoi l’écart est associé ; elles ne l’expliquent pas. Un groupe absent pour un sexe ne compte que comme composition
kitagawa = Décomposition de Kitagawa (1955) du taux des hommes moins celui des femmes en composition et taux, en trois composantes selon Winsborough et Dickinson (1971) ; erreurs types par linéarisation selon le plan
means-together = Parts ou moyennes estimées ensemble, avec leur covariance selon le plan
linear-method = Régression linéaire pondérée ; covariance sandwich selon le plan (Binder 1983), t avec les degrés de liberté du plan plus 1 moins le nombre de coefficients
logistic-method = Régression logistique pondérée ; les coefficients sont des logarithmes de rapports de cotes, covariance sandwich selon le plan (Binder 1983), t avec les degrés de liberté du plan plus 1 moins le nombre de coefficients
is-compared-with = { $what } : comparaison avec « { $code } »
constant-word = constante
rao-scott-1 = Test d’indépendance de Rao-Scott, premier ordre : X² de Pearson comparé à χ² multiplié par l’effet de plan moyen (Rao et Scott 1984)
rao-scott-2 = Test d’indépendance de Rao-Scott, second ordre (Rao et Scott 1984 ; Thomas et Rao 1987)
wald-test = Test d’indépendance de Wald selon le plan (Koch, Freeman et Freeman 1975)
t-two-means = Test t de la différence de deux moyennes selon le plan (svyttest de R) ; la covariance des groupes est dans son erreur type
t-one-mean = Test t d’une moyenne selon le plan (svyttest de R)
standardised-word = standardisé
crude-word = brut
standard-composition = Référence : la composition ({ $what }) de toutes les lignes de l’analyse, tenue pour connue sans erreur
standardise-method = Standardisation directe (Korn et Graubard 1999, §3.7) ; erreurs types par linéarisation selon le plan

## Diagnostics of surveys
zero-weight-one = 1 ligne a un poids nul : elle n’entre dans aucune estimation, mais son unité primaire d’échantillonnage compte.
zero-weight-many = { $number } lignes ont un poids nul : elles n’entrent dans aucune estimation, mais leurs unités primaires d’échantillonnage comptent.
single-psu-one = 1 strate n’a qu’une seule unité primaire d’échantillonnage ; { $end }
single-psu-many = { $number } strates n’ont qu’une seule unité primaire d’échantillonnage ; { $end }
group-psu-one = 1 strate a des lignes de ce groupe dans une seule unité primaire d’échantillonnage ; { $end }
group-psu-many = { $number } strates ont des lignes de ce groupe dans une seule unité primaire d’échantillonnage ; { $end }
psu-removed-one = elle n’apporte pas de variance, qui est donc trop petite
psu-removed-many = elles n’apportent pas de variance, qui est donc trop petite
psu-certain-one = elle compte comme retenue avec certitude et n’apporte pas de variance
psu-certain-many = elles comptent comme retenues avec certitude et n’apportent pas de variance
psu-centred-one = elle est centrée sur la moyenne de toutes les unités primaires d’échantillonnage
psu-centred-many = elles sont centrées sur la moyenne de toutes les unités primaires d’échantillonnage
psu-average-one = elle apporte la variance moyenne des autres strates
psu-average-many = elles apportent la variance moyenne des autres strates
fpc-of-one-one = 1 strate a une population finie d’exactement 1, et aucune n’en a une plus grande : elle est prise pour la fraction sondée, si bien que toutes les unités comptent comme tirées et n’ajoutent pas de variance.
fpc-of-one-many = { $number } strates ont une population finie d’exactement 1, et aucune n’en a une plus grande : elle est prise pour la fraction sondée, si bien que toutes les unités comptent comme tirées et n’ajoutent pas de variance.
later-stages-out = Les poids de réplication établis ne contiennent que la variance du premier degré : les degrés suivants du plan sont laissés de côté, et les erreurs types peuvent être trop petites.
negative-weight-one = 1 ligne a un poids négatif après calage linéaire (le plus petit facteur d’un poids est { $figure }) : les chiffres de petits groupes peuvent sortir de leur échelle et manquent alors.
negative-weight-many = { $number } lignes ont un poids négatif après calage linéaire (le plus petit facteur d’un poids est { $figure }) : les chiffres de petits groupes peuvent sortir de leur échelle et manquent alors.
methods-keep-above = Les méthodes `bounded_linear` et `raking` maintiennent les poids au-dessus de 0.
no-psu-identified = Les données n’identifient pas les unités primaires d’échantillonnage : chaque ligne compte pour une unité, et les erreurs types n’incluent pas l’effet de grappe.
replicates-leave-one = 1 des poids de réplication laisse ce groupe sans lignes ; l’erreur type repose sur les autres.
replicates-leave-many = { $number } des poids de réplication laissent ce groupe sans lignes ; l’erreur type repose sur les autres.
every-replicate-leaves = Chaque poids de réplication laisse ce groupe sans lignes ; son erreur type n’est donc pas connue.
nobody-has = Personne dans ce groupe n’a la caractéristique : l’erreur type est nulle, et l’intervalle est l’intervalle exact pour le nombre de lignes.
everybody-has = Tous dans ce groupe ont la caractéristique : l’erreur type est nulle, et l’intervalle est l’intervalle exact pour le nombre de lignes.
every-stratum-single = Chaque strate ayant des lignes de ce groupe n’a qu’une unité primaire d’échantillonnage ; il n’y a donc pas d’erreur type.
all-rows-one-psu = Toutes les lignes de ce groupe sont dans une seule unité primaire d’échantillonnage ; son erreur type n’est donc pas connue.
single-row = Ce groupe n’a qu’une seule ligne ; son erreur type n’est donc pas connue.
replicates-same-calibration = Tous les poids de réplication donnent le même chiffre, parce que le calage le fixe ou parce qu’ils ne diffèrent pas dans ce groupe : son erreur type est nulle.
replicates-same = Les poids de réplication ne diffèrent pas dans ce groupe : tous donnent le même chiffre, son erreur type est donc nulle.
replicates-multiples = Les poids de réplication de ce groupe sont multiples les uns des autres, ce qui ne laisse aucun degré de liberté ; il n’y a donc pas d’intervalle.
psu-as-strata = Ce groupe a aussi peu d’unités primaires d’échantillonnage que de strates ; il n’y a donc pas d’intervalle.
open-quantile = L’intervalle de ce quantile dépasse la plus petite ou la plus grande valeur ; il n’y a donc pas d’erreur type.
head-counts-fixed = Les effectifs tiennent la population pour connue sans erreur.
covariance-not-known = La covariance des femmes et des hommes n’est pas connue dans chaque pays ; l’écart et ce qui en découle n’ont donc pas d’erreur type.
countries-independent = Les pays sont des échantillons indépendants ; les populations sont tenues pour connues sans erreur.
complement-compared = Une valeur plus faible est préférable : les femmes et les hommes sont comparés sur le complément (100 moins le taux).
populations-stand-for = Les populations de { $figure1 } remplacent celles de { $figure2 }.
breakdown-left-out = { $name1 } n’a pas { $name2 } : la ventilation par { $name3 } y est omise
cells-changed = { $name } a été modifié après l’établissement des cellules ; les chiffres sont ceux des cellules. Recréez-les pour avoir ceux du fichier.
groups-not-countries = portent sur des groupes ou parties de pays ou d’anciens États et ne sont pas utilisés : les agrégats se composent de pays.
figures-of-what = { $name } : les chiffres de { $name2 } ({ $number }) { $what }
unit-jump = { $name } : { $name2 } : valeurs d’une même série environ { $figure } fois plus grandes d’une période à la suivante ou inversement, d’abord { $name3 } de { $figure1 } à { $figure2 } ; vérifier si l’unité a changé
missing-status-value = { $name } : { $name2 } : les valeurs au statut { $name3 } (manquant) ne sont pas reprises
bounds-beyond = { $name } : { $name2 } : les bornes hors de { $figure1 } à { $figure2 } y sont ramenées
se-beyond = { $name } : { $name2 } : les erreurs types supérieures à l’échelle, { $figure1 } à { $figure2 }, ne sont pas reprises
unit-of-sexes = { $name } : { $name2 } : valeurs des femmes et des hommes dont l’une vaut environ 100 fois l’autre, la première { $name3 } { $name4 } : { $figure1 } et { $figure2 } ; vérifier si l’une est une fraction
further-than-sex = sont ventilés au-delà du sexe et ne sont pas utilisés.
wider-age-range = concernent des pays et périodes disposant d’une tranche d’âge plus large, qui est retenue.
ages-apart = ne précisent pas l’âge ou portent sur un seul sexe, là où des chiffres d’autres âges sont retenus : des femmes et des hommes d’âges différents ne sont pas comparés.
sources-apart = portent sur des femmes et des hommes de sources différentes : ils sont montrés et ne donnent ni écart ni chiffre d’un groupe.
different-sources = les femmes et les hommes proviennent de sources différentes
no-shares-unit = ne sont pas des parts et ne sont pas utilisés.
number-for-year = ont un nombre en guise d’année et ne sont pas utilisés.
approximated-some = Approximation pour certains pays : { $text }
figures-of-year = Chaque pays avec ses chiffres de l’année considérée

## Families of indicators
activity-individuals = Activité sur Internet : particuliers qui { $what }
activity-users = Activité sur Internet : internautes qui { $what }
skill-individuals = Compétence : particuliers qui { $what }
not-using-because = n’utilisent pas Internet, motif : { $what }
individuals-not-using = Particuliers n’utilisant pas Internet : { $what }
no-internet-because = n’ont pas Internet à domicile, motif : { $what }
households-without-internet = Ménages sans Internet : { $what }
no-account-because = n’ont pas de compte, motif : { $what }
no-mobile-account-because = n’ont pas de compte d’argent mobile, motif : { $what }
adults-no-account-because = Adultes sans compte dans un établissement financier, motif : { $what }
adults-no-mobile-because = Adultes sans compte d’argent mobile, motif : { $what }
skills-above-basic-by = Particuliers ayant des compétences supérieures au niveau de base : { $what } ({ $name })
skills-basic = Particuliers ayant au moins des compétences de base : { $what }
have-skills-above = ont des compétences supérieures au niveau de base en { $what }
have-skills-basic = ont au moins des compétences de base en { $what }
have-skills-areas = ont au moins des compétences de base dans { $number } des 5 domaines
individuals-skills-areas = Particuliers ayant au moins des compétences de base dans { $number } des 5 domaines (UIT)
version-of-institution = { $what } ({ $name })
says-that = motif cité : { $what }
says-that-they = motif cité : { $what }
says-that-members = motif cité par le ménage : { $what }
did-one-of-area = a exercé au moins une activité du domaine suivant : { $what }
did-two-of-area = a exercé au moins deux activités du domaine suivant : { $what }
did-three-of-area = a exercé au moins trois activités du domaine suivant : { $what }
level-in-areas = au moins le niveau de base dans { $number } domaines sur 5
level-in-skill-areas = au moins le niveau de base dans { $number } domaines de compétences sur 5
skill-level-of = Niveau de compétence : { $what } ({ $who })
activities-done = Activités exercées : { $what }
broadband-per-100 = Abonnements au large bande fixe pour 100 habitants, { $what }
broadband-faster = Abonnements au large bande fixe { $what }
have-broadband = ont un accès large bande fixe { $what }
population-covered = Population couverte par un réseau mobile, au moins { $name }
live-within-range = vivent à portée d’un réseau { $name }
lives-within-range = vit à portée d’un réseau mobile d’au moins { $name }

## Published figures that cannot be compared, with what their sources say
not-comparable-both = les valeurs de { $figure1 } ({ $first } ; { $name1 } ; { $remark1 }) et { $figure2 } ({ $second } ; { $name2 } ; { $remark2 }) ne sont pas comparables
not-comparable-first = les valeurs de { $figure1 } ({ $first } ; { $name1 } ; { $remark1 }) et { $figure2 } ({ $second } ; { $name2 }) ne sont pas comparables
not-comparable-second = les valeurs de { $figure1 } ({ $first } ; { $name1 }) et { $figure2 } ({ $second } ; { $name2 } ; { $remark2 }) ne sont pas comparables
not-comparable-sources = les valeurs de { $figure1 } ({ $first } ; { $name1 }) et { $figure2 } ({ $second } ; { $name2 }) ne sont pas comparables
one-rate-no-se = Le taux des femmes ou des hommes n’a pas d’erreur type ; la comparaison n’en a donc pas.
over-time-plain = { $unit } · { $base } ; les { $number } pays comptant le plus d’années par sexe, puis par nom anglais
source-line-quoted = Source : { $names }.

## Countries, progress and calibration
weights-stated = Les pays sont pondérés par les femmes et les hommes des âges que leurs chiffres indiquent.
weights-covered = Les parts couvertes se rapportent aux personnes suivantes ({ $ages }).
weights-state-none = Les chiffres de { $figure1 } pays sur { $number } n’indiquent pas d’âge : ils sont pondérés selon la tranche suivante ({ $ages }), à laquelle se rapportent aussi les parts couvertes.
ages-defined = { $ages }, selon la définition de l’indicateur
ages-of-most = { $ages }, âge auquel commencent les chiffres du plus grand nombre de pays
where-no-ages-stated = Lorsqu’une source n’indique pas d’âge, les personnes retenues sont les suivantes ({ $ages }).
persons-of-covered = Les effectifs des groupes sont ceux des pays ayant des chiffres ; personne des autres pays n’est compté.
rate-of-all-countries = Taux d’ensemble : pays, couverture
lines-leave-scale = les droites des femmes et des hommes sortent de l’intervalle de 0 % à 100 % avant cette date
gap-closes-before = l’écart se comble avant cette date et n’est pas projeté au-delà
no-gap-projected = les femmes ne sont pas en retard, aucun écart n’est donc projeté
differ-in-ages = les chiffres portent sur des âges différents et ne sont pas comparables
differ-by-break = la source signale une rupture, et les chiffres d’avant et d’après ne sont pas comparables
differ-in-source = les chiffres diffèrent par la source, la définition ou la période de référence et ne sont pas comparables
population-includes = Population : { $place1 }, y compris { $place2 }.
target-year-passed-reason = l’année cible { $figure } est passée
sources-by-sex = Sources des chiffres par sexe
too-many-missing = plus d’un tiers des pays n’ont pas de chiffre, ce qui est trop pour une somme
confidential-reason = sa source ne le publie pas
fixed-by-calibration = Le calage fixe ce chiffre, son erreur type est donc de 0.
trend-does-not-reach = la tendance n’atteint pas la cible
target-at-an-end = la cible est une extrémité de l’échelle, dont une courbe s’approche sans jamais l’atteindre
zero-taken-as = rien ne peut croître à partir de 0, qui est pris pour { $figure }
thresholds-of-parity = Seuils des rapports de parité : { $set }. La parité est un rapport de { $figure1 } à { $figure2 }, et la cible est un écart de { $figure3 } en { $figure4 }.
off-scale = le calage a donné à « { $group } » des poids négatifs et un chiffre hors de son échelle ; les méthodes `bounded_linear` et `raking` gardent des poids supérieurs à 0
no-model-negative = le calage a donné des poids négatifs à certaines de ses lignes, avec lesquels aucun modèle n’est ajusté ; les méthodes `bounded_linear` et `raking` gardent des poids supérieurs à 0
no-value-because = Pas de valeur : { $why }
no-standardised-because = Pas de taux standardisé : { $why }
not-in-standard-one = « { $group } » ne figure pas dans la population de référence : sa seule observation est exclue
not-in-standard = « { $group } » ne figure pas dans la population de référence : ses { $number } observations sont exclues

## Diagnostics of files of published figures
series-not-read = séries ou catégories que la recette ne lit pas
year-outside = une année n’est pas comprise entre 1900 et 2100 ; vérifier s’il s’agit d’une date
dates-for-years = des dates sont prises pour leur année ; vérifier si des années sont affichées comme des dates
values-suppressed = { $name } : { $name2 } : les valeurs de statut Q (masquées) ne sont pas reprises
values-outside = { $name } : { $name2 } : les valeurs hors de l’intervalle admis ({ $range }) ne sont pas reprises
figure-or-more = { $figure } ou plus
more-than-people = { $name } : { $name2 } : plus de 100 pour 100 personnes ; des objets sont donc comptés, et non des personnes
values-outside-bounds = { $name } : { $name2 } : valeurs hors de leurs propres bornes
group-kept = { $name } : { $name2 } est un groupe de pays : conservé, mais absent des statistiques par pays
part-kept = { $name } : { $name2 } est une partie d’un pays : conservée, mais absente des statistiques par pays
former-kept = { $name } : { $name2 } est une zone qui n’existe plus : conservée, mais absente des statistiques par pays
stand-twice = les observations présentes deux fois avec la même valeur comptent une fois ; la première : { $what }
identity-of-share = { $name1 }, { $name2 }, { $name3 }, sexe { $name4 }, âge { $name5 }, part
identity-of = { $name1 }, { $name2 }, { $name3 }, sexe { $name4 }, âge { $name5 }, { $name6 }
none-above-one = { $name } : { $name2 } : aucun des { $number } pourcentages n’est supérieur à 1 ; vérifier s’il s’agit de fractions
rows-below-one = 1 ligne sous le tableau n’est pas lue
rows-below = { $number } lignes sous le tableau ne sont pas lues
blank-rows-one = 1 ligne vide entre les lignes est ignorée
blank-rows = { $number } lignes vides entre les lignes sont ignorées
unnamed-one = la colonne { $figure } n’a pas de nom : 1 de ses cellules n’est pas lue
unnamed-cells = la colonne { $figure } n’a pas de nom : { $number } de ses cellules ne sont pas lues
workbook-has = le classeur contient des éléments actifs ({ $list }) ; aucun n’a été suivi
external-links = liens externes
macros = macros
data-connections = connexions de données
controls = contrôles
embedded-files = fichiers incorporés
values-beside-q = valeurs à côté du statut Q (masqué), qui ne sont pas utilisées
values-beside-none = valeurs à côté d’un statut qui indique qu’il n’y en a pas

## Diagnostics of files of survey rows
grouped-by-quantiles = { $name1 } : groupes selon { $number } quantiles pondérés de { $name2 }, de bornes supérieures { $figure }
same-weight = toutes les lignes ont le poids { $figure }, bien que la recette désigne un poids ; est-ce la bonne colonne ?
unused-row = 1 ligne du fichier consulté { $name } n’a servi à aucune ligne (il en a { $figure })
unused-rows = { $number } lignes du fichier consulté { $name } n’ont servi à aucune ligne (il en a { $figure })
own-missing-code = le code de donnée manquante { $name } du fichier a été lu comme : { $what }
missing-not-applicable = sans objet
missing-dont-know = ne sait pas
missing-not-stated = sans réponse
missing-not-asked = non posée
column-holds = la colonne `{ $name1 }` contient dans { $name2 } : { $kind1 }, et dans { $name3 } : { $kind2 } ; les valeurs comptent pour ce qu’elles disent, si bien que 1, 1.0 et 01 sont égaux
column-holds-ids = la colonne `{ $name1 }` contient dans { $name2 } : { $kind1 }, et dans { $name3 } : { $kind2 } ; les identifiants de strates et d’unités d’échantillonnage comptent tels qu’ils sont écrits dans les textes, si bien que 1, 1.0 et 01 sont trois identifiants distincts
kind-text = du texte
kind-decimals = des nombres décimaux ({ $name })
kind-whole = des nombres entiers ({ $name })
rows-left-out = des lignes ont été écartées : { $why }
rows-no-match = des lignes n’ont pas de correspondance dans { $name1 } ; la première clé : { $name2 }
blank-line-skipped = 1 ligne vide entre les lignes a été ignorée
blank-lines-skipped = { $number } lignes vides entre les lignes ont été ignorées
not-in-group-one = 1 ligne n’appartient à aucun groupe de « { $concept } » ({ $why }) : elle ne figure que dans les totaux.
not-in-group-one-code = 1 ligne n’appartient à aucun groupe de `{ $name }` ({ $why }) : elle ne figure que dans les totaux.
not-in-group = { $number } lignes n’appartiennent à aucun groupe de « { $concept } » ({ $why }) : elles ne figurent que dans les totaux.
not-in-group-code = { $number } lignes n’appartiennent à aucun groupe de `{ $name }` ({ $why }) : elles ne figurent que dans les totaux.
not-in-group-some = Quelques lignes n’appartiennent à aucun groupe de « { $concept } » ({ $why }) : elles ne figurent que dans les totaux.
not-in-group-some-code = Quelques lignes n’appartiennent à aucun groupe de `{ $name }` ({ $why }) : elles ne figurent que dans les totaux.
not-applicable-or-asked = sans objet ou non posée
cells-changed-many = { $name } ont été modifiés après l’établissement des cellules ; les chiffres sont ceux des cellules. Recréez-les pour avoir ceux des fichiers.

## Comparisons, disclosure and methods that only some studies have
complement-computed = Une valeur plus faible est préférable : l’écart et la parité sont calculés sur le complément (100 moins le taux).
sign-reversed = Une valeur plus faible est préférable : l’écart est femmes moins hommes, si bien qu’au-dessus de zéro les femmes sont en retard.
women-rate-zero = Le taux des femmes est nul : le rapport n’a pas d’intervalle sur l’échelle logarithmique.
no-df-left = Il ne reste aucun degré de liberté ; il n’y a donc pas d’intervalle.
contrast-has-none = Les deux chiffres n’ont pas été estimés ensemble, ou l’un n’a pas d’erreur type ; leur contraste n’en a donc pas.
one-third-rule = au moins les deux tiers de la population de chaque sexe et, pour les sommes, pas plus d’un tiers des pays manquants (règle du tiers)
value-zero = une valeur est 0, et une croissance depuis 0 ou vers 0 n’a pas de taux
signs-differ = deux valeurs sont de signes différents, et il n’y a pas de taux de croissance entre elles
not-above-zero = la valeur de { $figure } n’est pas supérieure à 0
no-value-there = il n’y a pas de valeur
top-not-told = le sommet de l’échelle n’est pas indiqué
target-before-base = l’année cible { $figure1 } n’est pas postérieure à l’année de base { $figure2 }
target-passed-last = l’année cible { $figure1 } est passée ; la dernière valeur est de { $figure2 }
target-year-passed = année cible passée
data-end-in = les données s’arrêtent en { $figure1 } et les progrès se mesurent à partir de { $figure2 }
curve-not-fitted = la courbe n’a pas pu être ajustée
result-not-finite = le résultat n’est pas un nombre fini
goal-passed = Cible : { $figure1 } d’ici à { $figure2 } ({ $who }), année désormais passée ; base { $figure3 }
few-df-review = Peu de degrés de liberté : à faire examiner par un statisticien avant publication.
extreme-share-review = Part de 0 ou de 100 pour cent : à faire examiner par un statisticien avant publication.
complement-unreliable = La part des personnes n’ayant pas la caractéristique n’est pas assez fiable pour être publiée.
disclosure-unaudited = Les tableaux de cet indicateur sont trop grands pour établir ce qui pourrait en être déduit ; tout est donc masqué sauf le chiffre d’ensemble ; demandez moins de ventilations à la fois.
two-figures-one-cell = Deux chiffres différents ont été calculés pour cette cellule ; le premier est présenté.
persons-in-base = moins de { $number } personnes dans sa base, ayant ou n’ayant pas la caractéristique
persons-in-base-zeros = moins de { $number } personnes, ou aucune, dans sa base, ayant ou n’ayant pas la caractéristique
rse-above = une erreur type relative supérieure à { $figure } pour cent
interval-too-wide = une part dont l’intervalle de Korn-Graubard à 95 % a une largeur d’au moins { $figure1 } points, ou de plus de { $figure2 } points et de { $figure3 } fois la part, ou qui repose sur moins de { $number } observations effectives
few-respondents-hold = un montant dont quelques répondants pourraient détenir la plus grande partie
verdict-to = Verdict selon les seuils « { $set } » (jusqu’à { $figure }), appliqués avant arrondi ({ $of })
verdict-no-limits = Verdict selon les seuils « { $set } », appliqués avant arrondi ({ $of })
run-from-to-unit = de { $figure1 } à { $figure2 } { $unit }
run-to-unit = jusqu’à { $figure } { $unit }
population-words = { $figure1 } femmes et { $figure2 } hommes ({ $name })
calibrated-to = { $how } sur les totaux connus de { $name1 } ({ $name2 })
calibrated-size = { $how } sur la taille connue de la population ({ $name })
calibrated-size-and = { $how } sur la taille connue de la population et les totaux connus de { $name1 } ({ $name2 })
post-stratified = post-stratifiés
raked = ajustés par ratissage
calibrated-linearly = calés linéairement
calibrated-bounded = calés linéairement dans des bornes
calibrated-raking = calés multiplicativement
calibrated-logit = calés dans des bornes sur l’échelle logit
by-cases = { $survey } : { $name2 } selon les cas : { $cases }
case-gives-no-answer = { $name } → sans réponse
case-gives-dont-know = { $name } → ne sait pas
case-gives-refused = { $name } → refus
case-gives-not-applicable = { $name } → sans objet
case-gives-not-asked = { $name } → non posée
case-gives-code = { $name1 } → { $name2 }
from-column-file = { $name1 } : colonne { $name2 } du fichier { $name3 } : { $codes }
from-column-file-label = { $name1 } : colonne { $name2 } du fichier { $name3 }, par étiquette : { $codes }
from-column-file-plain = { $name1 } : colonne { $name2 } du fichier { $name3 }
from-column-file-times = { $name1 } : colonne { $name2 } du fichier { $name3 }, multipliée par { $figure }
is-draft = { $id } est un indicateur provisoire : { $why }
not-settled-yet = sa définition n’est pas arrêtée
pool-nothing = Le regroupement { $name } n’a pas de chiffre : ses enquêtes n’ont en commun rien de ce qui est demandé.
change-nothing = L’évolution de { $name1 } à { $name2 } n’a pas de chiffre : ses enquêtes n’ont en commun rien de ce qui est demandé.
contrast-nothing = Le contraste { $name } n’a pas de chiffre : ses enquêtes n’ont en commun rien de ce qui est demandé.
pool-no-breakdown = Le regroupement { $name1 } n’a pas de ventilation par { $name2 } : { $name3 } n’en a pas.
replicate-leaves-contrast = 1 des poids de réplication laisse sans lignes un groupe du contraste ; l’erreur type repose sur les autres.
replicates-leave-contrast = { $number } des poids de réplication laissent sans lignes un groupe du contraste ; l’erreur type repose sur les autres.
weights-normalised = Les poids de { $name } ont pour somme le nombre d’entretiens : dans le regroupement, ils comptent selon les entretiens et non selon la population.
study-uses = l’étude n’utilise que celles où `{ $name1 }` = { $name2 }
amount-interval = { $figure1 } { $unit } ({ $figure2 })
amount = { $figure } { $unit }
any-share-makes = toute part de la population donne un chiffre de groupe
group-needs = un groupe exige { $share }
hours = heures
rank-item = { $area } : rang { $figure }
rank-item-interval = { $area } : rang { $figure } ({ $lower } à { $upper })
slope-range = pente { $figure } points par an : { $words }
change-range = évolution { $figure } points : { $words }
composition-word = composition
among-some-urban-rural = { $number } des { $figure } zones (urbaines et rurales)
among-reliable-urban-rural = { $number } des { $figure } zones (urbaines et rurales) dont les chiffres sont fiables

## What a survey cannot give
from-published = il provient de chiffres publiés, jamais de lignes d’enquête
describes-other = il décrit : { $what }, alors que les lignes de { $name } sont : { $rows }
neither-persons = ni personnes ni ménages
defined-for-other = il est défini pour les enquêtes { $name1 }, et { $name2 } en est une autre
no-numerator-yet = sa définition n’a pas encore de numérateur
no-column-for = { $name1 } n’a pas de colonne pour `{ $name2 }`
never-gives-base = { $name1 } ne donne jamais à `{ $name2 }` un code qu’exige la base
never-gives-numerator = { $name1 } ne donne jamais à `{ $name2 }` un code qu’exige le numérateur
no-quantile-of-two = un quantile des femmes et des hommes ne peut être établi à partir de deux fichiers pondérés séparément
no-total-of-two = un total des femmes et des hommes ne peut être établi à partir de deux fichiers pondérés séparément
survey-counts-missing-as-no = l’enquête couvre les 15 à 49 ans et compte une réponse manquante comme « non » ; voir `{ $id }`
survey-own-missing-rule = l’enquête couvre les 15 à 49 ans et a sa propre règle pour les réponses manquantes ; voir `{ $id }`
series-code-unchecked = le code de série `{ $name }` et sa base ne sont pas vérifiés d’après le livre de codes de 2024

## Analyses that lack a part, or have no result
replicate-leaves-analysis = 1 des poids de réplication laisse sans lignes un groupe de cette analyse ; ses erreurs types reposent sur les autres
replicates-leave-analysis = { $number } des poids de réplication laissent sans lignes un groupe de cette analyse ; ses erreurs types reposent sur les autres
weighted-separately = les femmes et les hommes ont été pondérés séparément, dans deux fichiers, et ceci mêlerait leurs poids ; gardez un seul sexe par `among`, ou comparez-les par `by`
no-case-no-gap = aucune observation de « { $group } » ; il n’y a donc pas d’écart
imputations-combined = { $number } imputations combinées selon les règles de Rubin (Rubin 1987), degrés de liberté de Barnard et Rubin (1999)
imputations = { $number } imputations
either-or = { $first } ou { $rest }
product-of = { $first } × { $rest }
variance-method = Variance du nombre dans la population, n/(n − 1) · Σw(y − ȳ)²/Σw (svyvar de R ; Särndal, Swensson et Wretman 1992, §5.9), dans le carré de son unité
no-group-answer = aucun groupe n’a d’observation avec une réponse utilisable
no-case-answer = aucune observation avec une réponse utilisable
fewer-case-no-value = Un groupe sans observation n’a pas de valeur
fewer-cases-no-value = Un groupe de moins de { $number } observations n’a pas de valeur
single-unit-no-se = Un groupe présent dans une seule unité d’échantillonnage n’a pas d’erreur type, et la matrice des covariances n’est alors pas écrite
every-replicate-no-se = chaque réplication laisse l’un des groupes sans lignes ; rien n’indique donc l’erreur type
replicate-weights-word = poids de réplication
survey-cannot-give = l’enquête ne peut pas fournir { $id } : { $why }
survey-has-no = l’enquête n’a pas { $name }
no-case-all-variables = aucune observation n’a de réponse à toutes ses variables
iterations-end = les itérations s’arrêtent comme celles de R avec epsilon { $name }
reference-no-case = la référence « { $code } » de { $name } n’a pas d’observation ; choisissez-en une autre par `reference`
term-no-code = le terme { $name } n’a aucun code avec une observation, et une catégorie en exige deux ; retirez-le
term-one-code = le terme { $name1 } n’a que le code { $name2 } avec une observation, et une catégorie en exige deux ; retirez-le
no-case-no-coefficient = Aucune observation pour { $codes } ({ $what }) : pas de coefficient
no-case-in-standard = « { $group } » n’a pas d’observation dans « { $stratum } » de la population de référence, donc pas de taux standardisé
no-group-every-standard = aucun groupe n’a d’observation dans chaque groupe de la population de référence
as-it-is = tel quel
as-they-are = tels quels
standard-source = Référence : { $name } ; ses parts selon : { $what } sont tenues pour connues sans erreur
wald-adjusted = Test d’indépendance de Wald, ajusté pour peu de degrés de liberté (Thomas et Rao 1987)
no-case-test-without = Aucune observation pour : { $codes } ; le test ne les comprend pas
has-not-both = { $name1 } de l’enquête n’a pas à la fois { $name2 } et { $name3 }
no-case-in-group = aucune observation dans le groupe « { $group } »
has-no-value = { $what } : pas de valeur, car aucune ligne de son domaine n’a un poids supérieur à 0, ou son dénominateur est 0
the-mean = la moyenne
mean-of-first = la moyenne du premier groupe
mean-of-second = la moyenne du second groupe
the-regression = la régression
the-table = le tableau
the-quantile = le quantile
the-rate-of-women = le taux des femmes
the-rate-of-men = le taux des hommes
rate-of-standard = le taux du groupe { $name } de la population de référence
variance-of-few = la variance de moins de deux lignes
t-test-no-df = le plan ne laisse aucun degré de liberté pour un test ; il faut deux unités primaires de plus que de strates
t-test-no-se = l’erreur type est 0, t n’a donc pas de valeur : la variable est constante dans ses groupes, le calage la fixe, ou le plan n’a pas de variance
t-test-word = test t
regression-word = régression
logistic-regression-word = régression logistique
linear-regression-word = régression linéaire
independence-test-word = test d’indépendance
wald-test-word = test d’indépendance de Wald
column-zero = la colonne { $name } est 0 dans chaque ligne du domaine ; retirez cette variable ou cette modalité
column-combination = la colonne { $name } est une combinaison des colonnes précédentes dans les lignes du domaine ; retirez-la
column-near-combination = la colonne { $name } est presque une combinaison des autres ; retirez-la
coefficient-endless = le coefficient de { $name } croît sans fin : les colonnes séparent entièrement les résultats dans certaines lignes ; retirez la colonne ou réunissez ses modalités
table-needs-two = nombre de lignes et de colonnes du tableau ayant un poids : { $figure1 } et { $figure2 } ; un test en exige deux de chaque
cells-empty-test = trop de cellules du tableau sont vides pour un test ; réunissez certaines modalités
shares-no-variance = les parts du tableau n’ont pas de variance selon le plan
too-few-psus = le plan a trop peu d’unités primaires pour distinguer les cellules du tableau ; utilisez le test de Rao-Scott
table-no-df = le plan ne laisse aucun degré de liberté pour ce tableau ; réunissez certaines modalités
coefficients-no-df = { $number } coefficients ne laissent aucun des { $figure } degrés de liberté du plan ; utilisez moins de colonnes
product-needs = le produit { $name1 } exige aussi { $name2 } dans le modèle ; ajoutez-le
