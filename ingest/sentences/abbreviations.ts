// English (and common international) abbreviations whose dot seldom ends a sentence.

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Always followed by what they introduce: `Dr. Weiss`, `e.g. pumps`, `vs. Norway`. */
export const INTRODUCING = words(`
  mr mrs ms mx messrs mme mlle dr drs prof st ste ss mt ft gen lt col capt cpt cmdr cdr adm sgt cpl pvt maj brig rev fr
  hon gov sen rep pres supt insp det amb treas atty sr jr. dipl ing mag univ.-prof doc phil
  e.g i.e viz cf vs v approx ca circa resp incl excl esp a.k.a aka née b. bzw z.b d.h usw. ehem geb
  vol vols no nos nr fig figs eq eqs sec ch chap art para pp pt ref refs tab app ex op al.`)

/** Followed by a number: `No. 5`, `p. 12`, `Feb. 3`. */
export const NUMBERED = words(`
  no nos nr p pp vol fig figs eq sec ch art para ref tab ver v rev bldg rm apt ext tel
  jan feb mar apr jun jul aug sep sept oct nov dec`)

/** May close a sentence; they do when a usual first word follows: `Acme Inc. The`, but `Acme Inc. Chairman`. */
export const CLOSING = words(`
  inc ltd co corp llc plc bros cos assn dept univ inst est intl natl mfg ave blvd rd sq hwy jr sr esq ph.d m.d b.a m.a b.sc m.sc
  d.c u.s u.k u.n e.u u.s.a u.s.s.r n.y l.a a.m p.m a.d b.c et al ed eds trans dist rec med sci eng tech int acad hosp div
  jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
  etc approx max min avg temp ext gmbh s.a s.p.a s.r.l a.g b.v n.v pty pte cie bhd
  calif fla mass mich minn tex wash conn ill ind tenn wis va pa ariz colo ga md mo`)

/** Words that usually open a sentence and seldom go on after a name. */
export const OPENERS = words(`
  the a an this that these those it its he she they we i you his her their our my your there here
  in on at after before during since until while when where why how what who if although though because as for from by with
  without within under over despite following according today later then now once both each every all some many most several
  few one two three no not but and or however moreover furthermore meanwhile instead also yet so thus therefore nevertheless
  to nobody somebody everybody nothing please see`)
