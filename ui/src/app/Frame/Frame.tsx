import { AppWindow, FlaskConical, Plug, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { Logo } from "@/components/Logo/Logo";
import { RecoveryBanner } from "../RecoveryBanner/RecoveryBanner";
import { type Route, routeHash, useRoute } from "../route";
import { StudioNoticeBanners } from "../StudioNotices/StudioNoticeBanners";
import { VaultBanner } from "../VaultBanner/VaultBanner";
import styles from "./Frame.module.css";

interface Props {
  /** What the screen puts into the bar on top. */
  header: ReactNode;
  children: ReactNode;
}

const PLACES: { route: Route; name: string; icon: ReactNode; atEnd?: boolean }[] = [
  { route: { screen: "connectors" }, name: "Connectors", icon: <Plug size={17} strokeWidth={1.7} /> },
  { route: { screen: "apps" }, name: "Apps", icon: <AppWindow size={17} strokeWidth={1.7} /> },
  {
    route: { screen: "practice" },
    name: "Practice provider",
    icon: <FlaskConical size={17} strokeWidth={1.7} />,
  },
  {
    route: { screen: "settings" },
    name: "Settings",
    icon: <Settings size={17} strokeWidth={1.7} />,
    atEnd: true,
  },
];

/** The window's frame: the bar on top, the places at the side, and the screen. */
export function Frame({ header, children }: Props) {
  const current = useRoute().screen;
  return (
    <div className={styles.frame}>
      <header className={styles.top}>
        <div className={styles.logo}>
          <Logo />
        </div>
        <div className={styles.bar}>{header}</div>
      </header>
      <nav className={styles.rail} aria-label="Places">
        {PLACES.map((place) => {
          const isHere =
            place.route.screen === current ||
            ((current === "connector" || current === "catalogue") && place.route.screen === "connectors") ||
            (current === "app" && place.route.screen === "apps");
          return (
            <a
              key={place.name}
              href={routeHash(place.route)}
              className={`${styles.place} ${place.atEnd ? styles.atEnd : ""}`}
              aria-label={place.name}
              aria-current={isHere ? "page" : undefined}
              title={place.name}
            >
              {place.icon}
            </a>
          );
        })}
      </nav>
      <div className={styles.content}>
        <RecoveryBanner />
        <VaultBanner />
        <StudioNoticeBanners />
        {children}
      </div>
    </div>
  );
}

/** Room in the bar between what is at its start and at its end. */
export function Spring() {
  return <span className={styles.spring} />;
}

export function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
